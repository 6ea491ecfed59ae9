using System.Globalization;
using System.Runtime.InteropServices;

namespace NeuralDigits;

/// <summary>Makes the bytes again that pixels were, before they were divided by 255, or by 256 as in the book's file.</summary>
/// <remarks>
/// No number but 0 is a quotient of both kinds, so the first pixel that is not 0 tells how all were divided. What is no such quotient to the
/// last bit is refused: it was no byte.
/// </remarks>
/// <param name="file">The file, for messages.</param>
internal sealed class PickledPixels(string file)
{
    private const int Bytes = 256;

    // Those that were divided by 255 are the features that networks here learn from.
    private static readonly float[] Of255 = [.. Enumerable.Range(0, Bytes).Select(pixel => Pixel.ToFeature((byte)pixel))];
    private static readonly float[] Of256 = [.. Enumerable.Range(0, Bytes).Select(pixel => pixel / 256f)];

    private float[]? _quotients;

    /// <summary>The bytes of an array of floats.</summary>
    /// <param name="set">Whose pixels they are, for messages.</param>
    /// <param name="pixels">[images, pixels per image], as little-endian float32.</param>
    /// <param name="width">The pixels of an image.</param>
    public byte[] ToBytes(string set, ReadOnlySpan<byte> pixels, int width)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(pixels.Length / sizeof(float));
        for (int i = 0; i < bytes.Length; i++)
        {
            float value = BitConverter.IsLittleEndian
                ? MemoryMarshal.Cast<byte, float>(pixels)[i]
                : System.Buffers.Binary.BinaryPrimitives.ReadSingleLittleEndian(pixels[(i * sizeof(float))..]);
            bytes[i] = value == 0 ? (byte)0 : ToByte(value, set, i / width, i % width);
        }

        return bytes;
    }

    private byte ToByte(float value, string set, int image, int pixel)
    {
        _quotients ??= TryFind(value, Of256, out _) ? Of256 : Of255;
        if (TryFind(value, _quotients, out byte found))
            return found;
        string divisor = _quotients == Of256 ? "256" : "255";
        string expected = TryFind(value, _quotients == Of256 ? Of255 : Of256, out _)
            ? $"a whole number from 0 to 255, divided by {divisor} as those before it"
            : "a whole number from 0 to 255, divided by 255 or 256";
        throw Malformed.Data(file, $"{set} image {image}, pixel {pixel}", expected, value.ToString("R", CultureInfo.InvariantCulture));
    }

    private static bool TryFind(float value, float[] quotients, out byte found)
    {
        // What is out of range becomes the nearest number in range, and what is no number 0: neither is found.
        int nearest = (int)Math.Clamp(MathF.Round(value * (1 / quotients[1])), 0, Bytes - 1);
        found = (byte)nearest;
        return quotients[nearest] == value;
    }
}
