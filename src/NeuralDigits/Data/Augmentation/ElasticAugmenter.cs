using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralDigits;

/// <summary>Distorts images smoothly: random displacements on a lattice, with quadratic B-splines between them.</summary>
/// <remarks>
/// Simard and others draw a displacement for each pixel and smooth them by a Gaussian of σ = 4 pixels. A quadratic B-spline whose lattice has
/// eight pixels to a cell is as wide, σ² = 8² / 4, and nearly of that form, and needs a few numbers only. All is computed in integers, and exact.
/// </remarks>
internal sealed class ElasticAugmenter : ImageAugmenter
{
    /// <summary>
    /// With α = 34, the displacements of Simard and others spread by α / √(3 · 4π σ²) = 1.4 pixels. B-splines of displacements within ± r, all
    /// equally likely, spread by 0.55 r / √3: here by half of that, which suits networks of tens of thousands of weights, not millions.
    /// </summary>
    public const double DefaultReach = 2.2;

    // As many as a vector has: each vector of pixels is within one cell.
    private const int Cell = Resampler.Group;

    // Weights are in parts of 128 in each direction, displacements on the lattice in parts of 256 pixels.
    private const int WeightBits = 7;
    private const int LatticeBits = 8;
    private const int DroppedBits = LatticeBits + (2 * WeightBits) - Resampler.FractionBits;

    private readonly Resampler _resampler;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _reach;
    private readonly int _latticeRows;
    private readonly int _latticeColumns;
    private readonly int _stride;
    private readonly int[] _across;
    private readonly int[] _down;
    private readonly int[] _rowAcross;
    private readonly int[] _rowDown;

    /// <param name="rows">Pixel rows.</param>
    /// <param name="columns">Pixel columns.</param>
    /// <param name="reach">How far a point of the lattice is displaced at most, across and down, in pixels.</param>
    public ElasticAugmenter(int rows, int columns, double reach)
    {
        _resampler = new Resampler(rows, columns);
        (_rows, _columns) = (rows, columns);
        _reach = (int)(reach * (1 << LatticeBits));

        // Three points bear on each pixel, in each direction.
        _latticeRows = Cells(rows) + 2;
        _latticeColumns = Cells(columns) + 2;
        _stride = Cells(_latticeColumns) * Cell;
        _across = new int[_latticeRows * _stride];
        _down = new int[_latticeRows * _stride];
        _rowAcross = new int[_stride];
        _rowDown = new int[_stride];
    }

    [MethodImpl(HotPath.Code)]
    public override void Augment(ReadOnlySpan<byte> image, RandomGenerator random, Span<byte> target)
    {
        Draw(random);
        if (!_resampler.Open(image, target))
            return;
        for (int row = 0; row < _rows; row++)
        {
            Smooth(row, _across, _rowAcross);
            Smooth(row, _down, _rowDown);
            Vector256<int> y = Vector256.Create(row << Resampler.FractionBits);
            for (int column = 0; column < _columns; column += Cell)
            {
                Vector256<int> x = (Vector256<int>.Indices + Vector256.Create(column)) << Resampler.FractionBits;
                int cell = column / Cell;
                _resampler.Take(row, column, x + Displacement(_rowAcross, cell), y + Displacement(_rowDown, cell));
            }
        }

        _resampler.CopyTo(target);
    }

    private static int Cells(int pixels) => (pixels + Cell - 1) / Cell;

    // One number for both directions, 16 bits for each.
    private void Draw(RandomGenerator random)
    {
        for (int row = 0; row < _latticeRows; row++)
        {
            for (int column = 0; column < _latticeColumns; column++)
            {
                uint bits = random.NextUInt32();
                _across[(row * _stride) + column] = ((short)(bits & 0xFFFF) * _reach) >> 15;
                _down[(row * _stride) + column] = ((short)(bits >> 16) * _reach) >> 15;
            }
        }
    }

    // The weight of each of three points for a place k / 8 of a cell: (1 - t)² / 2, 1/2 + t (1 - t) and t² / 2, times 128.
    private static (int First, int Second, int Third) WeightsAt(int k) => ((Cell - k) * (Cell - k), (Cell * Cell) + (2 * k * (Cell - k)), k * k);

    [MethodImpl(HotPath.Code)]
    private void Smooth(int row, int[] lattice, int[] result)
    {
        (int first, int second, int third) = WeightsAt(row % Cell);
        int start = row / Cell * _stride;
        for (int column = 0; column < _stride; column += Cell)
        {
            ReadOnlySpan<int> points = lattice.AsSpan(start + column);
            Vector256<int> sum = (Vector256.Create(points) * first)
                + (Vector256.Create(points[_stride..]) * second)
                + (Vector256.Create(points[(2 * _stride)..]) * third);
            sum.CopyTo(result, column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Displacement(int[] points, int cell)
    {
        // The weights for the eight places of a cell.
        Vector256<int> sum = (Vector256.Create(64, 49, 36, 25, 16, 9, 4, 1) * points[cell])
            + (Vector256.Create(64, 78, 88, 94, 96, 94, 88, 78) * points[cell + 1])
            + (Vector256.Create(0, 1, 4, 9, 16, 25, 36, 49) * points[cell + 2]);
        return (sum + Vector256.Create(1 << (DroppedBits - 1))) >> DroppedBits;
    }
}
