using System.Buffers.Binary;
using System.Text.Json;

namespace NeuralDigits;

/// <summary>Writes the safetensors format: the header's length, a JSON header, and the values, little-endian.</summary>
/// <remarks>The format is published at https://github.com/huggingface/safetensors#format.</remarks>
internal static class SafetensorsWriter
{
    public static byte[] Write(IReadOnlyList<KeyValuePair<string, string>> metadata, IReadOnlyList<Tensor> tensors)
    {
        byte[] header = Header(metadata, tensors);
        if (header.Length > SafetensorsReader.MaximumHeaderLength - sizeof(long))
        {
            throw new InvalidDataException(
                $"The names of the classes and layers take {header.Length} bytes; a safetensors file has room for {SafetensorsReader.MaximumHeaderLength}. " +
                "Shorten the names.");
        }

        // Spaces behind the header put the values on a multiple of 8, as the format recommends.
        int padding = -header.Length & 7;
        int values = sizeof(long) + header.Length + padding;
        var file = new byte[checked(values + tensors.Sum(tensor => tensor.ByteCount))];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length + padding);
        header.CopyTo(file, sizeof(long));
        file.AsSpan(sizeof(long) + header.Length, padding).Fill((byte)' ');
        foreach (Tensor tensor in tensors)
        {
            tensor.WriteValuesTo(file.AsSpan(values));
            values += tensor.ByteCount;
        }

        return file;
    }

    private static byte[] Header(IReadOnlyList<KeyValuePair<string, string>> metadata, IReadOnlyList<Tensor> tensors)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach ((string key, string value) in metadata)
                json.WriteString(key, value);
            json.WriteEndObject();

            long offset = 0;
            foreach (Tensor tensor in tensors)
                offset = WriteTensor(json, tensor, offset);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static long WriteTensor(Utf8JsonWriter json, Tensor tensor, long offset)
    {
        long end = offset + tensor.ByteCount;
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", "F32");
        json.WriteStartArray("shape");
        foreach (int extent in tensor.Shape)
            json.WriteNumberValue(extent);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }
}
