using System.CommandLine;

namespace NeuralDigits.Cli;

/// <summary>The options that several commands have: each is spelled, explained and read in one way.</summary>
internal static class CommonOptions
{
    public const string DefaultOutput = "artifacts/models";
    private const double DefaultMaxRegression = 0.002;

    public static Option<string> Output() => Store("--output", "-o");

    /// <summary>The folder that is <see cref="Output"/> elsewhere, for a command that puts out a file.</summary>
    public static Option<string> Models() => Store("--models");

    public static Option<string?> ModelName() => new("--model-name")
    {
        Description = "The model's name. Default: the data set's.",
        HelpName = "NAME",
    };

    public static Option<string?> ModelVersion(string description) => new("--model-version") { Description = description, HelpName = "VERSION" };

    public static Option<bool> Json(string description) => new("--json") { Description = description };

    public static Option<int> Threads() => NumberOption.Create(
        "--threads",
        "How many threads may work. The result is the same for any number.",
        "N",
        "a whole number from 1",
        number => number >= 1,
        () => Environment.ProcessorCount);

    public static Option<double> MaxRegression() => NumberOption.Create(
        "--max-regression",
        "How far the test accuracy may be below that of the version to compare with: see --baseline.",
        "X",
        "a number from 0 to 1",
        number => number is >= 0 and <= 1,
        () => DefaultMaxRegression);

    /// <summary>The version to compare with; null for the default.</summary>
    public static Option<string?> Baseline() => new("--baseline")
    {
        Description =
            $"The version to compare with, or {PublishedModel.NoBaseline}. Default: another one than this, not published by force: the one published last, " +
            "or else the highest.",
        HelpName = $"VERSION|{PublishedModel.NoBaseline}",
    };

    /// <summary>Whether an option stands on the command line.</summary>
    public static bool IsGiven(Option option, ParseResult parsed) => parsed.GetResult(option) is { Implicit: false };

    private static Option<string> Store(string name, params string[] aliases) => new(name, aliases)
    {
        Description = "The folder of all published models.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => DefaultOutput,
    };
}
