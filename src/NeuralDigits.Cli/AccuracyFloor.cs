using System.CommandLine;

namespace NeuralDigits.Cli;

/// <summary>The value of <c>--min-accuracy</c>: a number, or what is usual for the data set.</summary>
/// <param name="Given">The number, from 0 to 1; null for what is usual.</param>
internal readonly record struct AccuracyFloor(double? Given)
{
    private const string Usual = "usual";
    private const string Range = $"a number from 0 to 1, or {Usual}";

    /// <summary>The option.</summary>
    /// <param name="description">What it does in the command, and its default.</param>
    public static Option<AccuracyFloor?> Option(string description) => new("--min-accuracy")
    {
        Description = $"{description} {Usual} is what networks with the default options reach on the data set, if that is known.",
        HelpName = $"X|{Usual}",
        CustomParser = result => result.Tokens[0].Value == Usual
            ? new AccuracyFloor(null)
            : NumberOption.Parse<double>("--min-accuracy", Range, number => number is >= 0 and <= 1, result) is { } number ? new AccuracyFloor(number) : null,
    };

    /// <summary>The number for a data set; null where none is usual.</summary>
    public double? For(DataSet data) => Given ?? (data.Generator is null ? DataCatalog.Find(data.Name)?.UsualAccuracy : SyntheticDigits.UsualAccuracy);
}
