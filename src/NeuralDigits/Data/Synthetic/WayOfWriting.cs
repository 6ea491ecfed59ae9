using System.Globalization;

namespace NeuralDigits;

/// <summary>One of the ways to write a digit: the points that the pen passes, in the order of writing.</summary>
/// <remarks>
/// Written as text: points are <c>x,y</c> in percent of the height of a line of writing, y downwards from its top. The pen goes smoothly
/// from point to point, turns sharply at a point that is followed by <c>|</c>, and is lifted at <c>;</c>.
/// </remarks>
internal sealed class WayOfWriting
{
    /// <summary>Reads the text of a way.</summary>
    /// <param name="weight">How common it is beside the other ways to write the digit.</param>
    /// <param name="text">The points.</param>
    public WayOfWriting(int weight, string text)
    {
        Weight = weight;
        var points = new List<Point>();
        var curves = new List<Range>();
        foreach (string stroke in text.Split(';'))
        {
            // Curves of one stroke share the point where the one turns sharply into the next.
            int start = points.Count;
            foreach (string curve in stroke.Split('|'))
            {
                points.AddRange(curve.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parse));
                curves.Add(start..points.Count);
                start = points.Count - 1;
            }
        }

        (Points, Curves) = ([.. points], [.. curves]);
    }

    /// <summary>How common the way is beside the other ways to write the digit.</summary>
    public int Weight { get; }

    /// <summary>All points, in parts of the height.</summary>
    public Point[] Points { get; }

    /// <summary>Which points are passed without a sharp turn; at least two each.</summary>
    public Range[] Curves { get; }

    /// <summary>Whether a curve begins or ends at a point.</summary>
    public bool IsEnd(int point) => Array.Exists(Curves, curve => curve.Start.Value == point || curve.End.Value == point + 1);

    private static Point Parse(string text)
    {
        string[] numbers = text.Split(',');
        return new Point(int.Parse(numbers[0], CultureInfo.InvariantCulture) / 100.0, int.Parse(numbers[1], CultureInfo.InvariantCulture) / 100.0);
    }
}
