using System.Buffers.Binary;
using System.Text.Json;

namespace NeuralDigits;

/// <summary>Reads the safetensors format and trusts nothing in it.</summary>
/// <remarks>
/// Refused, as the published format demands: a header that is too long, cut off or not JSON, a key given twice,
/// values that overlap, leave holes or end before the file does. Refused beyond it: other types than F32.
/// </remarks>
internal static class SafetensorsReader
{
    // The format's own limit is 100 MB; a network of a thousand layers needs less than this.
    /// <summary>The most bytes of a header: the limit of the format's own library.</summary>
    public const int MaximumHeaderLength = 100_000_000;
    private const int MaximumDepth = 8;
    private const int MaximumDimensions = 8;

    public static (IReadOnlyDictionary<string, string> Metadata, IReadOnlyDictionary<string, Tensor> Tensors) Read(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> header = HeaderOf(file);
        ReadOnlySpan<byte> values = file[(sizeof(long) + header.Length)..];
        try
        {
            return ReadHeader(header, values);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"safetensors: the header, which starts at offset 8, is not valid JSON: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            // Utf8JsonReader's way to say that a text is not UTF-8.
            throw new InvalidDataException($"safetensors: the header, which starts at offset 8, is not valid UTF-8: {exception.Message}", exception);
        }
    }

    private static ReadOnlySpan<byte> HeaderOf(ReadOnlySpan<byte> file)
    {
        if (file.Length < sizeof(long))
            throw new InvalidDataException($"safetensors: expected a header length of 8 bytes at offset 0, found the end of the file after {file.Length}.");
        long length = BinaryPrimitives.ReadInt64LittleEndian(file);
        if (length is < 2 or > MaximumHeaderLength)
            throw new InvalidDataException($"safetensors: the header length at offset 0 is {length}; expected 2 to {MaximumHeaderLength}.");
        if (length > file.Length - sizeof(long))
            throw new InvalidDataException($"safetensors: the header length at offset 0 is {length}, but only {file.Length - sizeof(long)} bytes follow.");
        if (file[sizeof(long)] != (byte)'{')
            throw new InvalidDataException("safetensors: the header at offset 8 does not start with '{'.");
        return file.Slice(sizeof(long), (int)length);
    }

    private static (Dictionary<string, string> Metadata, Dictionary<string, Tensor> Tensors) ReadHeader(ReadOnlySpan<byte> header, ReadOnlySpan<byte> values)
    {
        var json = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = MaximumDepth });
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        bool metadataSeen = false;
        json.Read();
        while (NextProperty(ref json, out string name))
        {
            if (name == "__metadata__")
            {
                Require(!metadataSeen, name, "is given twice");
                metadataSeen = true;
                ReadMetadata(ref json, metadata);
            }
            else
            {
                Require(!entries.ContainsKey(name), name, "is given twice");
                entries.Add(name, ReadEntry(ref json, name));
            }
        }

        json.Read(); // Anything but white space behind the header's object is an error of the JSON reader.
        CheckCoverage(entries, values.Length);
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach ((string name, Entry entry) in entries)
            tensors.Add(name, new Tensor(name, entry.Shape, ReadValues(name, values[(int)entry.Start..(int)entry.End])));
        return (metadata, tensors);
    }

    private static void ReadMetadata(ref Utf8JsonReader json, Dictionary<string, string> metadata)
    {
        Require(json.TokenType == JsonTokenType.StartObject, "__metadata__", "is not an object");
        while (NextProperty(ref json, out string key))
        {
            Require(json.TokenType == JsonTokenType.String, key, "is metadata but not a text");
            Require(metadata.TryAdd(key, json.GetString()!), key, "is given twice in the metadata");
        }
    }

    private static Entry ReadEntry(ref Utf8JsonReader json, string name)
    {
        Require(json.TokenType == JsonTokenType.StartObject, name, "is not an object");
        string? type = null;
        List<long>? shape = null, offsets = null;
        while (NextProperty(ref json, out string key))
        {
            switch (key)
            {
                case "dtype" when type is null:
                    Require(json.TokenType == JsonTokenType.String, name, "has a dtype that is not a text");
                    type = json.GetString();
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref json, name, key);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(ref json, name, key);
                    break;
                default:
                    throw Error(name, $"has '{Excerpt.Of(key)}' twice, or has no use for it");
            }
        }

        Require(type == "F32", name, $"has the dtype '{Excerpt.Of(type ?? "")}'; expected F32");
        Require(shape is not null && offsets is { Count: 2 }, name, "lacks its shape or its two data_offsets");
        return CheckedEntry(name, shape!, offsets![0], offsets[1]);
    }

    private static Entry CheckedEntry(string name, List<long> shape, long start, long end)
    {
        long count = 1;
        foreach (long extent in shape)
        {
            Require(extent <= int.MaxValue / Math.Max(1, count), name, $"has the shape [{string.Join(", ", shape)}], which is too large");
            count *= extent;
        }

        Require(
            start <= end && end - start == count * sizeof(float),
            name,
            $"has the data_offsets [{start}, {end}]; the shape [{string.Join(", ", shape)}] takes {count * sizeof(float)} bytes");
        return new Entry([.. shape.Select(extent => (int)extent)], start, end);
    }

    // The values have to cover the rest of the file exactly: nothing hidden between or behind them.
    private static void CheckCoverage(Dictionary<string, Entry> entries, long available)
    {
        long expected = 0;
        foreach ((string name, Entry entry) in entries.OrderBy(entry => entry.Value.Start).ThenBy(entry => entry.Value.End))
        {
            Require(entry.Start == expected, name, $"starts at {entry.Start} of the values; expected {expected}: no holes, no overlaps");
            expected = entry.End;
        }

        if (expected != available)
            throw new InvalidDataException($"safetensors: the header describes {expected} bytes of values, but the file has {available}.");
    }

    private static float[] ReadValues(string name, ReadOnlySpan<byte> bytes)
    {
        var values = new float[bytes.Length / sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
            Require(float.IsFinite(values[i]), name, $"holds {values[i]} as value {i}; parameters are finite numbers");
        }

        return values;
    }

    private static List<long> ReadNumbers(ref Utf8JsonReader json, string name, string key)
    {
        Require(json.TokenType == JsonTokenType.StartArray, name, $"has a {key} that is not an array");
        var numbers = new List<long>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            long number = 0;
            bool whole = json.TokenType == JsonTokenType.Number && json.ValueSpan[0] != (byte)'-' && json.TryGetInt64(out number);
            Require(whole, name, $"has a {key} with something other than whole numbers from 0");
            Require(numbers.Count < MaximumDimensions, name, $"has a {key} with more than {MaximumDimensions} numbers");
            numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>Moves to the value of the object's next property, if there is one.</summary>
    private static bool NextProperty(ref Utf8JsonReader json, out string name)
    {
        json.Read();
        name = json.TokenType == JsonTokenType.PropertyName ? json.GetString()! : "";
        return json.TokenType == JsonTokenType.PropertyName && json.Read();
    }

    private static void Require(bool holds, string name, string problem)
    {
        if (!holds)
            throw Error(name, problem);
    }

    private static InvalidDataException Error(string name, string problem) => new($"safetensors: '{Excerpt.Of(name)}' {problem}.");

    private sealed record Entry(IReadOnlyList<int> Shape, long Start, long End);
}
