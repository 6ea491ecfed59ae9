using System.CommandLine;

namespace NeuralDigits.Benchmarks;

/// <summary>Options that verbs share.</summary>
internal static class CommonOptions
{
    /// <summary>Where the images are.</summary>
    public static Option<string?> Data() => new("--data")
    {
        Description = $"The folder with the four files of MNIST. Default: the environment variable {DataSetLocator.EnvironmentVariable}.",
        HelpName = "FOLDER",
    };

    /// <summary>How often to measure.</summary>
    public static Option<int> Runs(string description, params string[] aliases)
    {
        var option = new Option<int>("--runs", aliases) { Description = description, HelpName = "N", DefaultValueFactory = _ => 3 };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError($"{option.Name} must be at least 1.");
        });
        return option;
    }

    /// <summary>The folder with the images, or null where neither the option nor the variable names one; the user has been told then.</summary>
    public static string? Folder(this ParseResult parsed, Option<string?> data)
    {
        string? folder = parsed.GetValue(data) ?? Environment.GetEnvironmentVariable(DataSetLocator.EnvironmentVariable);
        if (folder is null)
            Console.Error.WriteLine($"error: give {data.Name}, or set {DataSetLocator.EnvironmentVariable}.");
        return folder;
    }
}
