namespace NeuralDigits;

/// <summary>Makes networks with random parameters to start the training from.</summary>
public static class NetworkInitializer
{
    /// <summary>The most parameters that a network may have: as many as can be saved, since a file of 2 GB is the largest that is written.</summary>
    public const long MaximumParameterCount = 500_000_000;

    /// <summary>A network with random weights and biases.</summary>
    /// <param name="sizes">The layer sizes, the number of inputs first; at least two, each at least 1.</param>
    /// <param name="initialization">The distribution.</param>
    /// <param name="random">Where the random numbers come from: first all biases, then all weights, as in the book.</param>
    /// <exception cref="ArgumentException">The sizes do not make a network, or one that is too large.</exception>
    public static Network Create(IReadOnlyList<int> sizes, WeightInitialization initialization, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (!Enum.IsDefined(initialization))
            throw new ArgumentOutOfRangeException(nameof(initialization), initialization, "There is no such initialization.");
        CheckSizes(sizes);

        var layers = new Layer[sizes.Count - 1];
        for (int l = 0; l < layers.Length; l++)
        {
            layers[l] = new Layer(sizes[l], sizes[l + 1]);
            for (int j = 0; j < layers[l].OutputCount; j++)
                layers[l].BiasAt(j) = (float)random.NextNormal();
        }

        foreach (Layer layer in layers)
            DrawWeights(layer, initialization, random);
        return new Network(layers);
    }

    /// <summary>The number of weights and biases of a network.</summary>
    /// <param name="sizes">The layer sizes, the number of inputs first; each at least 1.</param>
    public static Int128 ParameterCount(IReadOnlyList<int> sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        Int128 parameters = 0;
        for (int l = 1; l < sizes.Count; l++)
            parameters += ((long)sizes[l - 1] + 1) * sizes[l];
        return parameters;
    }

    private static void DrawWeights(Layer layer, WeightInitialization initialization, RandomGenerator random)
    {
        double deviation = initialization == WeightInitialization.Scaled ? 1 / Math.Sqrt(layer.InputCount) : 1;
        for (int output = 0; output < layer.OutputCount; output++)
        {
            for (int input = 0; input < layer.InputCount; input++)
                layer.WeightAt(output, input) = (float)(random.NextNormal() * deviation);
        }
    }

    private static void CheckSizes(IReadOnlyList<int> sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        string given = $"[{string.Join(", ", sizes)}]";
        if (sizes.Count < 2)
            throw new ArgumentException($"The sizes are {given}; a network has at least its inputs and one layer.", nameof(sizes));
        if (sizes.Any(size => size < 1))
            throw new ArgumentException($"The sizes are {given}; each is at least 1.", nameof(sizes));

        if (ParameterCount(sizes) > MaximumParameterCount)
            throw new ArgumentException($"The sizes {given} make more than {MaximumParameterCount} parameters.", nameof(sizes));
    }
}
