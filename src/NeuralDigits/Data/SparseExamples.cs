using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>Examples of any origin, held without their zeros.</summary>
internal sealed class SparseExamples(SparseExamples.Place[] places, int featureCount, int classCount)
    : ExampleSet(places.Length, featureCount, classCount)
{
    internal override InputRows Inputs { get; } = new Rows(places, featureCount);

    [MethodImpl(HotPath.Code)]
    public override int Label(int row) => places[row].Label;

    [MethodImpl(HotPath.Code)]
    public override float Weight(int row) => places[row].Weight;

    /// <summary>Room for many rows in one piece.</summary>
    internal sealed class Block(int capacity)
    {
        public int[] Indices { get; } = new int[capacity];

        public float[] Values { get; } = new float[capacity];

        public int Used { get; set; }

        public int Free => Indices.Length - Used;
    }

    /// <summary>Where a row lies, its label and its weight.</summary>
    internal readonly record struct Place(Block Block, int Start, int Count, int Label, float Weight)
    {
        public ReadOnlySpan<int> Indices => Block.Indices.AsSpan(Start, Count);

        public ReadOnlySpan<float> Values => Block.Values.AsSpan(Start, Count);
    }

    private sealed class Rows(Place[] places, int width) : InputRows(places.Length, width)
    {
        // They lie there one by one; to merge two costs more than it saves.
        public override bool MayBeLoadedTogether => false;

        [MethodImpl(HotPath.Code)]
        public override void Load(ReadOnlySpan<int> rows, SparseRows target) =>
            target.LoadNonZeros(places[rows[0]].Indices, places[rows[0]].Values);

        [MethodImpl(HotPath.Code)]
        public override void CopyTo(int row, Span<float> target)
        {
            target.Clear();
            ReadOnlySpan<float> values = places[row].Values;
            ReadOnlySpan<int> indices = places[row].Indices;
            for (int k = 0; k < indices.Length; k++)
                target[indices[k]] = values[k];
        }

        [MethodImpl(HotPath.Code)]
        public override void PrefetchRow(int row)
        {
            Prefetch.IntoSecondLevel(places[row].Indices);
            Prefetch.IntoSecondLevel(places[row].Values);
        }

        private protected override int CountNonZeros(int row) => places[row].Count;
    }
}
