using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>Moves images by at most a pixel across and down.</summary>
internal sealed class ShiftAugmenter(int rows, int columns) : ImageAugmenter
{
    private const int Ways = 3;

    [MethodImpl(HotPath.Code)]
    public override void Augment(ReadOnlySpan<byte> image, RandomGenerator random, Span<byte> target)
    {
        int way = random.NextInt32(Ways * Ways);
        Shift(image, (way / Ways) - 1, (way % Ways) - 1, target);
    }

    /// <summary>Moves an image down and to the right by -1, 0 or 1.</summary>
    [MethodImpl(HotPath.Code)]
    public void Shift(ReadOnlySpan<byte> image, int down, int right, Span<byte> target)
    {
        // Row by row, all pixels lie in one line: moved as one, only what left its row on one side is wrong, on the other.
        int by = Math.Clamp((down * columns) + right, -image.Length, image.Length);
        int start = Math.Max(by, 0), end = Math.Min(image.Length + by, image.Length);
        target[..start].Clear();
        image[(start - by)..(end - by)].CopyTo(target[start..]);
        target[end..].Clear();
        for (int row = 0; row < rows && right != 0; row++)
            target[(row * columns) + (right > 0 ? 0 : columns - 1)] = 0;
    }
}
