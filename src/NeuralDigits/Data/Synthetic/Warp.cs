namespace NeuralDigits;

/// <summary>A smooth random distortion of the paper: random displacements on a lattice, with quadratic B-splines between them.</summary>
internal sealed class Warp
{
    // Three lattice points bear on each place, in each direction; two cells cover the paper.
    private const int CellsPerSide = 2;
    private const int LatticeSide = CellsPerSide + 2;
    private readonly Point[] _displacements = new Point[LatticeSide * LatticeSide];

    /// <summary>Draws another distortion.</summary>
    /// <param name="random">The source of randomness.</param>
    /// <param name="strength">The standard deviation of a lattice point's displacement in each direction.</param>
    public void Redraw(RandomGenerator random, double strength)
    {
        for (int i = 0; i < _displacements.Length; i++)
            _displacements[i] = new Point(strength * random.NextNormal(), strength * random.NextNormal());
    }

    /// <summary>Where a place of the paper goes.</summary>
    /// <param name="place">The place; the paper reaches from 0 to 1, and beyond it the displacement is that of the edge.</param>
    public Point Move(Point place)
    {
        (int column, Weights across) = WeightsAt(place.X);
        (int row, Weights down) = WeightsAt(place.Y);
        return place
            + (down.First * Displacement(row, column, across))
            + (down.Second * Displacement(row + 1, column, across))
            + (down.Third * Displacement(row + 2, column, across));
    }

    private Point Displacement(int row, int column, Weights across)
    {
        ReadOnlySpan<Point> three = _displacements.AsSpan((row * LatticeSide) + column, 3);
        return (across.First * three[0]) + (across.Second * three[1]) + (across.Third * three[2]);
    }

    private static (int Cell, Weights Weights) WeightsAt(double coordinate)
    {
        double cells = Math.Clamp(coordinate, 0, 1) * CellsPerSide;
        int cell = Math.Min((int)cells, CellsPerSide - 1);
        double t = cells - cell;
        return (cell, new Weights((1 - t) * (1 - t) / 2, 0.5 + (t * (1 - t)), t * t / 2));
    }

    // Of the three lattice points nearest to a place in one direction; they sum to 1.
    private readonly record struct Weights(double First, double Second, double Third);
}
