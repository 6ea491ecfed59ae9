namespace NeuralDigits;

/// <summary>Examples of any origin, held without their zeros.</summary>
internal sealed class SparseExamples : ExampleSet
{
    private readonly IReadOnlyList<Place> _places;

    public SparseExamples(IReadOnlyList<Place> places, int featureCount, int classCount)
        : base(places.Count, featureCount, classCount)
    {
        _places = places;
    }

    public override int Label(int row) => _places[row].Label;

    public override float Weight(int row) => _places[row].Weight;

    internal override SparseRow Row(int row, SparseRowBuffer buffer)
    {
        Place place = _places[row];
        return new SparseRow(place.Block.Indices, place.Block.Values, place.Start, place.Count);
    }

    internal override void PrefetchRow(int row)
    {
        Place place = _places[row];
        Prefetch.Values<int>(place.Block.Indices.AsSpan(place.Start, place.Count));
        Prefetch.Values<float>(place.Block.Values.AsSpan(place.Start, place.Count));
    }

    private protected override double MeasureDensity() => _places.Sum(place => (double)place.Count) / Count / FeatureCount;

    /// <summary>Room for many rows in one piece.</summary>
    internal sealed class Block(int capacity)
    {
        public int[] Indices { get; } = new int[capacity];

        public float[] Values { get; } = new float[capacity];

        public int Used { get; set; }

        public int Free => Indices.Length - Used;
    }

    /// <summary>Where a row lies, its label and its weight.</summary>
    internal readonly record struct Place(Block Block, int Start, int Count, int Label, float Weight);
}
