namespace NeuralDigits.Tests;

/// <summary>Between networks and plain lists of numbers: layer by layer, weights [outputs][inputs], then biases.</summary>
internal static class Parameters
{
    public static Network ToNetwork(double[][][] weights, double[][] biases) =>
        new([.. weights.Zip(biases, (w, b) => new Layer(w[0].Length, w.Length, ToSingle(w.SelectMany(row => row)), ToSingle(b)))]);

    public static Network ToNetwork(IReadOnlyList<int> sizes, ReadOnlySpan<float> parameters)
    {
        var layers = new List<Layer>();
        for (int l = 1; l < sizes.Count; l++)
        {
            int weights = sizes[l] * sizes[l - 1];
            layers.Add(new Layer(sizes[l - 1], sizes[l], parameters[..weights], parameters.Slice(weights, sizes[l])));
            parameters = parameters[(weights + sizes[l])..];
        }

        return new Network(layers);
    }

    public static IEnumerable<double> Flatten(Network network) => network.Layers.SelectMany(Flatten);

    public static IEnumerable<double> Flatten(IEnumerable<LayerGradient> gradient) =>
        gradient.SelectMany(layer => layer.Weights.ToArray().Concat(layer.Biases.ToArray())).Select(value => (double)value);

    private static IEnumerable<double> Flatten(Layer layer)
    {
        var weights = new float[layer.OutputCount * layer.InputCount];
        layer.CopyWeightsTo(weights);
        return weights.Concat(Enumerable.Range(0, layer.OutputCount).Select(layer.Bias)).Select(value => (double)value);
    }

    private static float[] ToSingle(IEnumerable<double> values) => [.. values.Select(value => (float)value)];
}
