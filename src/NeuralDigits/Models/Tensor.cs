using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NeuralDigits;

/// <summary>A named array of floats as the files of a model hold it.</summary>
/// <param name="Name">Its name, unique in the file.</param>
/// <param name="Shape">Its extents; row-major.</param>
/// <param name="Values">Its values, as many as the product of the extents.</param>
internal sealed record Tensor(string Name, IReadOnlyList<int> Shape, float[] Values)
{
    /// <summary>The bytes that its values take.</summary>
    public int ByteCount => checked(Values.Length * sizeof(float));

    /// <summary>Writes the values, little-endian.</summary>
    /// <param name="destination">Room for at least <see cref="ByteCount"/> bytes.</param>
    public void WriteValuesTo(Span<byte> destination)
    {
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(Values.AsSpan()).CopyTo(destination);
            return;
        }

        for (int i = 0; i < Values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(destination[(i * sizeof(float))..], Values[i]);
    }
}
