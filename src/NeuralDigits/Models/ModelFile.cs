using System.Globalization;
using System.Text.Json;

namespace NeuralDigits;

/// <summary>
/// The canonical form of a model, <c>model.safetensors</c>: data only, readable from any language.
/// </summary>
/// <remarks>
/// Tensors <c>layer1.weight</c> of shape [outputs, inputs], <c>layer1.bias</c> of shape [outputs], <c>layer2.weight</c>
/// and so on, all F32. Metadata: <c>format</c>, <c>format_version</c>, <c>sizes</c>, <c>activation</c>,
/// <c>labels</c> (a JSON array) and <c>input_scaling</c>.
/// </remarks>
public static class ModelFile
{
    private const string Format = "neuraldigits";
    private const int FormatVersion = 1;
    private const string Activation = "sigmoid";

    /// <summary>The file's content for a model. The same model gives the same bytes.</summary>
    /// <param name="model">The model.</param>
    public static byte[] Write(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return SafetensorsWriter.Write(MetadataOf(model), TensorsOf(model.Network));
    }

    /// <summary>Reads a model back.</summary>
    /// <param name="file">The whole content of the file.</param>
    /// <exception cref="InvalidDataException">The content is not a model, is damaged, or is of a newer format.</exception>
    public static Model Read(ReadOnlySpan<byte> file)
    {
        (IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, Tensor> tensors) = SafetensorsReader.Read(file);
        CheckFormat(metadata);
        int[] sizes = Sizes(Metadata(metadata, "sizes"));
        if (tensors.Count != 2 * (sizes.Length - 1))
            throw new InvalidDataException($"Model: the file holds {tensors.Count} tensors; the sizes {string.Join(", ", sizes)} need {2 * (sizes.Length - 1)}.");

        var layers = new Layer[sizes.Length - 1];
        for (int l = 0; l < layers.Length; l++)
        {
            layers[l] = new Layer(
                sizes[l],
                sizes[l + 1],
                Values(tensors, WeightName(l), [sizes[l + 1], sizes[l]]),
                Values(tensors, BiasName(l), [sizes[l + 1]]));
        }

        try
        {
            return new Model(new Network(layers), Labels(Metadata(metadata, "labels")), Metadata(metadata, "input_scaling"));
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"Model: {exception.Message}", exception);
        }
    }

    /// <summary>What is said of a model beside its parameters, in each of its forms.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> MetadataOf(Model model) =>
    [
        new("format", Format),
        new("format_version", FormatVersion.ToString(CultureInfo.InvariantCulture)),
        new("sizes", string.Join(',', model.Network.Sizes)),
        new("activation", Activation),
        new("labels", JsonSerializer.Serialize(model.Labels, ModelJson.Default.IReadOnlyListString)),
        new("input_scaling", model.InputScaling),
    ];

    /// <summary>The parameters of a network, layer after layer.</summary>
    internal static IReadOnlyList<Tensor> TensorsOf(Network network)
    {
        var tensors = new List<Tensor>();
        for (int l = 0; l < network.Layers.Count; l++)
        {
            Layer layer = network.Layers[l];
            var weights = new float[layer.OutputCount * layer.InputCount];
            layer.CopyWeightsTo(weights);
            tensors.Add(new Tensor(WeightName(l), [layer.OutputCount, layer.InputCount], weights));
            tensors.Add(new Tensor(BiasName(l), [layer.OutputCount], layer.Biases.ToArray()));
        }

        return tensors;
    }

    internal static string WeightName(int layer) => string.Create(CultureInfo.InvariantCulture, $"layer{layer + 1}.weight");

    internal static string BiasName(int layer) => string.Create(CultureInfo.InvariantCulture, $"layer{layer + 1}.bias");

    private static void CheckFormat(IReadOnlyDictionary<string, string> metadata)
    {
        if (Metadata(metadata, "format") != Format)
            throw new InvalidDataException($"Model: the format is '{metadata["format"]}'; expected '{Format}'.");
        string version = Metadata(metadata, "format_version");
        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < 1)
            throw new InvalidDataException($"Model: the format version is '{version}'; expected a whole number from 1.");
        if (number > FormatVersion)
        {
            throw new InvalidDataException(
                $"Model: the file is of format version {number}; this version of NeuralDigits reads up to {FormatVersion}. Use a newer one.");
        }

        if (Metadata(metadata, "activation") != Activation)
            throw new InvalidDataException($"Model: the activation is '{metadata["activation"]}'; expected '{Activation}'.");
    }

    private static string Metadata(IReadOnlyDictionary<string, string> metadata, string key) =>
        metadata.TryGetValue(key, out string? value) ? value : throw new InvalidDataException($"Model: the metadata lacks '{key}'. Is this a model of NeuralDigits?");

    private static int[] Sizes(string text)
    {
        string[] parts = text.Split(',');
        var sizes = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out sizes[i]) || sizes[i] < 1 || parts.Length < 2)
                throw new InvalidDataException($"Model: the sizes are '{text}'; expected at least two whole numbers from 1, separated by commas.");
        }

        return sizes;
    }

    private static float[] Values(IReadOnlyDictionary<string, Tensor> tensors, string name, int[] shape)
    {
        if (!tensors.TryGetValue(name, out Tensor? tensor))
            throw new InvalidDataException($"Model: the tensor '{name}' is missing.");
        if (!tensor.Shape.SequenceEqual(shape))
            throw new InvalidDataException($"Model: '{name}' has the shape [{string.Join(", ", tensor.Shape)}]; expected [{string.Join(", ", shape)}].");
        return tensor.Values;
    }

    private static IReadOnlyList<string> Labels(string json)
    {
        try
        {
            if (JsonSerializer.Deserialize(json, ModelJson.Default.IReadOnlyListString) is { } labels && !labels.Contains(null!))
                return labels;
        }
        catch (JsonException)
        {
            // Said below, with the text itself.
        }

        throw new InvalidDataException($"Model: the labels are '{json}'; expected a JSON array of texts.");
    }
}
