using System.CommandLine;
using System.Globalization;

namespace NeuralDigits.Cli;

/// <summary>Images of a file of many, from the first to the last, both counted from 0 and both included.</summary>
internal sealed record IndexRange(int First, int Last)
{
    public static Option<IndexRange?> Option(string description) => new("--index")
    {
        Description = description,
        HelpName = "N[-N]",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            string[] ends = text.Split('-');
            if (ends.Length <= 2 && TryParse(ends[0], out int first) && TryParse(ends[^1], out int last) && first <= last)
                return new IndexRange(first, last);
            result.AddError($"--index is '{text}'; expected a number from 0, or two with a hyphen between them, such as 0-99.");
            return null;
        },
    };

    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";

    private static bool TryParse(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
