namespace NeuralDigits;

/// <summary>Room for one <see cref="SparseRow"/> of a given width, filled again and again.</summary>
internal sealed class SparseRowBuffer(int width)
{
    private readonly int[] _indices = new int[width];
    private readonly float[] _values = new float[width];

    /// <summary>Takes over the values of a dense row that are not zero.</summary>
    public SparseRow FromFeatures(ReadOnlySpan<float> features)
    {
        int count = 0;
        for (int i = 0; i < features.Length; i++)
        {
            // Written always and counted only if not zero: no branch to mispredict.
            _indices[count] = i;
            _values[count] = features[i];
            count += features[i] != 0 ? 1 : 0;
        }

        return new SparseRow(_indices.AsSpan(0, count), _values);
    }

    /// <summary>Takes over the pixels that are not zero, as features.</summary>
    public SparseRow FromPixels(ReadOnlySpan<byte> pixels)
    {
        int count = 0;
        for (int i = 0; i < pixels.Length; i++)
        {
            byte pixel = pixels[i];
            _indices[count] = i;
            _values[count] = Pixel.ToFeature(pixel);
            count += pixel != 0 ? 1 : 0;
        }

        return new SparseRow(_indices.AsSpan(0, count), _values);
    }
}
