namespace NeuralDigits;

/// <summary>Neurons of a layer, padding included: from one on, and below an end.</summary>
internal readonly record struct NeuronRange(int First, int End)
{
    public int Count => End - First;
}
