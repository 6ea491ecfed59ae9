namespace NeuralDigits;

/// <summary>What to put behind the transparent places of a picture.</summary>
internal static class Backdrop
{
    public const int BytesPerPixel = 4;
    private const int HalfOpaque = 128;

    /// <summary>The grey of a colour, from 0 to 255: the luma of ITU-R BT.601.</summary>
    public static int Luma(ReadOnlySpan<byte> pixel) => ((299 * pixel[0]) + (587 * pixel[1]) + (114 * pixel[2]) + 500) / 1000;

    /// <summary>The grey to put behind a picture.</summary>
    /// <param name="pixels">[rows, columns, 4].</param>
    /// <param name="rows">Pixel rows.</param>
    /// <param name="columns">Pixel columns.</param>
    public static byte Of(ReadOnlySpan<byte> pixels, int rows, int columns)
    {
        Tally whole = default, border = default;
        for (int i = 0; i < rows * columns; i++)
        {
            ReadOnlySpan<byte> pixel = pixels.Slice(i * BytesPerPixel, BytesPerPixel);
            whole.Add(pixel);
            if (Border.Contains(i / columns, i % columns, rows, columns))
                border.Add(pixel);
        }

        bool hasPaper = 2 * border.Opaque >= border.Count;
        return hasPaper ? (byte)border.Mean : whole.Mean < HalfOpaque ? byte.MaxValue : byte.MinValue;
    }

    private struct Tally
    {
        private long _weightedLuma;
        private long _weight;

        public long Count { get; private set; }

        public long Opaque { get; private set; }

        /// <summary>The mean grey, in which a pixel counts by its opacity; 0 where there is nothing to see.</summary>
        public readonly long Mean => _weight == 0 ? 0 : _weightedLuma / _weight;

        public void Add(ReadOnlySpan<byte> pixel)
        {
            Count++;
            Opaque += pixel[3] >= HalfOpaque ? 1 : 0;
            _weight += pixel[3];
            _weightedLuma += (long)pixel[3] * Luma(pixel);
        }
    }
}
