namespace NeuralDigits;

/// <summary>The gradient of a cost by the parameters of one layer.</summary>
/// <param name="Weights">∂C/∂w, row-major of shape [outputs, inputs].</param>
/// <param name="Biases">∂C/∂b, of shape [outputs].</param>
public sealed record LayerGradient(ReadOnlyMemory<float> Weights, ReadOnlyMemory<float> Biases);
