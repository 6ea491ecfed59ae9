using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace NeuralDigits;

/// <summary>
/// The canonical form of a model, <c>model.safetensors</c>: data only, readable from any language.
/// </summary>
/// <remarks>
/// Tensors <c>layer1.weight</c> of shape [outputs, inputs], <c>layer1.bias</c> of shape [outputs], <c>layer2.weight</c>
/// and so on, all F32. Metadata: <c>format</c>, <c>format_version</c>, <c>sizes</c>, <c>activation</c>,
/// <c>labels</c> (a JSON array) and <c>input_scaling</c>, then <c>sha256</c>: the hash of the file as it would be without that entry, in
/// lower-case hexadecimal. A file that another program wrote may lack it; where it is, it must be right.
/// </remarks>
public static class ModelFile
{
    private const string Format = "neuraldigits";
    private const int FormatVersion = 1;
    private const string ChecksumKey = "sha256";

    /// <summary>The activation function of all layers, as files and manifests name it.</summary>
    public const string Activation = "sigmoid";

    /// <summary>The file's content for a model. The same model gives the same bytes.</summary>
    /// <param name="model">The model.</param>
    public static byte[] Write(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Write(model, Checksum(model));
    }

    /// <summary>Reads a model back.</summary>
    /// <param name="file">The whole content of the file.</param>
    /// <exception cref="InvalidDataException">The content is not a model, is damaged, or is of a newer format.</exception>
    public static Model Read(ReadOnlySpan<byte> file)
    {
        (IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, Tensor> tensors) = SafetensorsReader.Read(file);
        CheckFormat(metadata);
        int[] sizes = Sizes(Metadata(metadata, "sizes"), tensors.Count);
        Model model;
        try
        {
            model = new Model(new Network(Layers(sizes, tensors)), Labels(Metadata(metadata, "labels")), Metadata(metadata, "input_scaling"));
        }
        catch (Exception exception) when (exception is ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"Model: {exception.Message}", exception);
        }

        if (metadata.TryGetValue(ChecksumKey, out string? checksum) && checksum != Checksum(model))
            throw new InvalidDataException($"Model: the file is damaged: its SHA-256 should be {Excerpt.Of(checksum)}. Take it from its source again.");
        return model;
    }

    /// <summary>Reads a model file from disk.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is not a model, is damaged, or is of a newer format. The message names the file.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    public static Model Load(string path) => Read(path, RegularFile.ReadAllBytes(path));

    /// <summary>Reads a model back, and names its file where it cannot be.</summary>
    internal static Model Read(string path, ReadOnlySpan<byte> file)
    {
        try
        {
            return Read(file);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    private static string Checksum(Model model) => Convert.ToHexStringLower(SHA256.HashData(Write(model, checksum: null)));

    private static byte[] Write(Model model, string? checksum)
    {
        IReadOnlyList<KeyValuePair<string, string>> metadata = MetadataOf(model);
        return SafetensorsWriter.Write(checksum is null ? metadata : [.. metadata, new(ChecksumKey, checksum)], TensorsOf(model.Network));
    }

    private static Layer[] Layers(int[] sizes, IReadOnlyDictionary<string, Tensor> tensors)
    {
        var layers = new Layer[sizes.Length - 1];
        for (int l = 0; l < layers.Length; l++)
        {
            (int inputs, int outputs) = (sizes[l], sizes[l + 1]);
            float[] weights = Values(tensors, WeightName(l), [outputs, inputs]);
            float[] biases = Values(tensors, BiasName(l), [outputs]);
            CheckSums(l, inputs, weights, biases);
            layers[l] = new Layer(inputs, outputs, weights, biases);
        }

        return layers;
    }

    // Finite parameters may still be so large that their sums are not, and then inputs of 0 to 1 give no number.
    private static void CheckSums(int layer, int inputs, float[] weights, float[] biases)
    {
        for (int output = 0; output < biases.Length; output++)
        {
            float sum = Math.Abs(biases[output]);
            foreach (float weight in weights.AsSpan(output * inputs, inputs))
                sum += Math.Abs(weight);
            if (!float.IsFinite(sum))
                throw new InvalidDataException($"Model: the parameters of neuron {output + 1} in layer {layer + 1} are too large: their sum is no number.");
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
            var biases = new float[layer.OutputCount];
            layer.CopyBiasesTo(biases);
            tensors.Add(new Tensor(BiasName(l), [layer.OutputCount], biases));
        }

        return tensors;
    }

    internal static string WeightName(int layer) => string.Create(CultureInfo.InvariantCulture, $"layer{layer + 1}.weight");

    internal static string BiasName(int layer) => string.Create(CultureInfo.InvariantCulture, $"layer{layer + 1}.bias");

    private static void CheckFormat(IReadOnlyDictionary<string, string> metadata)
    {
        if (Metadata(metadata, "format") != Format)
            throw new InvalidDataException($"Model: the format is '{Excerpt.Of(metadata["format"])}'; expected '{Format}'.");
        string version = Metadata(metadata, "format_version");
        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < 1)
            throw new InvalidDataException($"Model: the format version is '{Excerpt.Of(version)}'; expected a whole number from 1.");
        if (number > FormatVersion)
        {
            throw new InvalidDataException(
                $"Model: the file is of format version {number}; this version of NeuralDigits reads up to {FormatVersion}. Use a newer one.");
        }

        if (Metadata(metadata, "activation") != Activation)
            throw new InvalidDataException($"Model: the activation is '{Excerpt.Of(metadata["activation"])}'; expected '{Activation}'.");
    }

    private static string Metadata(IReadOnlyDictionary<string, string> metadata, string key) =>
        metadata.TryGetValue(key, out string? value) ? value : throw new InvalidDataException($"Model: the metadata lacks '{key}'. Is this a model of NeuralDigits?");

    private static int[] Sizes(string text, int tensorCount)
    {
        int count = text.AsSpan().Count(',') + 1;
        if (count < 2)
            throw Wrong();
        if (tensorCount != 2 * (count - 1))
            throw new InvalidDataException($"Model: the file holds {tensorCount} tensors; the sizes {Excerpt.Of(text)} need {2 * (count - 1)}.");
        string[] parts = text.Split(',');
        var sizes = new int[count];
        for (int i = 0; i < count; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out sizes[i]) || sizes[i] < 1)
                throw Wrong();
        }

        return sizes;

        InvalidDataException Wrong() =>
            new($"Model: the sizes are '{Excerpt.Of(text)}'; expected at least two whole numbers from 1, separated by commas.");
    }

    private static float[] Values(IReadOnlyDictionary<string, Tensor> tensors, string name, int[] shape)
    {
        if (!tensors.TryGetValue(name, out Tensor? tensor))
            throw new InvalidDataException($"Model: the tensor '{name}' is missing.");
        if (!tensor.Shape.SequenceEqual(shape))
            throw new InvalidDataException($"Model: '{name}' has the shape [{Excerpt.Of(tensor.Shape)}]; expected [{string.Join(", ", shape)}].");
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

        throw new InvalidDataException($"Model: the labels are '{Excerpt.Of(json)}'; expected a JSON array of texts.");
    }
}
