using System.CommandLine;
using System.Globalization;

namespace NeuralDigits.Cli;

/// <summary>The options that several commands have: each is spelled, explained and read in one way.</summary>
internal static class CommonOptions
{
    public const string DefaultOutput = "artifacts/models";
    private const string DefaultCache = "artifacts/data";

    public static Option<string?> Data() => new("--data")
    {
        Description = $"The folder with the four IDX files. Else the environment variable {DataSetLocator.EnvironmentVariable}, the cache, a download.",
        HelpName = "FOLDER",
    };

    public static Option<string> Cache() => new("--cache")
    {
        Description = "The folder that downloads are kept in.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => DefaultCache,
    };

    public static Option<string> Output() => new("--output", "-o")
    {
        Description = "The folder of all published models.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => DefaultOutput,
    };

    public static Option<string?> ModelName() => new("--model-name")
    {
        Description = "The model's name. Default: the data set's.",
        HelpName = "NAME",
    };

    public static Option<string?> ModelVersion(string description) => new("--model-version") { Description = description, HelpName = "VERSION" };

    public static Option<int> Threads()
    {
        var option = new Option<int>("--threads")
        {
            Description = "How many threads may work. The result is the same for any number.",
            HelpName = "N",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError($"--threads is {result.Tokens[0].Value}; expected at least 1.");
        });
        return option;
    }

    public static Option<double?> MinAccuracy(string description)
    {
        var option = new Option<double?>("--min-accuracy")
        {
            Description = description,
            HelpName = "X",
            CustomParser = result => ParseNumber(result.Tokens[0].Value, result),
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is < 0 or > 1 or double.NaN)
                result.AddError($"--min-accuracy is {result.Tokens[0].Value}; expected a number from 0 to 1.");
        });
        return option;
    }

    private static double? ParseNumber(string text, System.CommandLine.Parsing.ArgumentResult result)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            return number;
        result.AddError($"--min-accuracy is '{text}'; expected a number from 0 to 1.");
        return null;
    }
}
