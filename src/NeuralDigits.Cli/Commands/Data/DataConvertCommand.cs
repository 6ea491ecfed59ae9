using System.CommandLine;
using System.Globalization;

namespace NeuralDigits.Cli;

/// <summary><c>neuraldigits data convert</c>: the four IDX files of a data set, whatever it comes from.</summary>
internal static class DataConvertCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        var data = new Argument<string>("NAME|PATH") { Description = "What to convert, as --data of the other commands takes it." };
        var folder = new Argument<string>("FOLDER") { Description = "Where to write the files: a folder that is missing or empty." };
        var cache = new CacheOptions();
        var command = new Command(
            "convert",
            "Writes a data set, such as a folder of pictures, as four IDX files that --data takes; and classes.txt, where the classes are not the ten digits.")
        {
            data, folder,
        };
        cache.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(async () =>
        {
            DataSet set = await cache.Source(DataChoice.Of(parsed.GetValue(data)!), parsed, environment).LoadAsync(cancellation);
            DataWarnings.Write(set, environment.Error);
            string target = parsed.GetValue(folder)!;
            if (target.Length == 0)
                throw new WrongUsageException("FOLDER is empty; expected the name of a folder.");
            bool isNew = set.Save(target);
            NoteLoss(set, environment.Error);
            environment.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{set.Training.Count + set.Validation.Count:N0} training and {set.Test.Count:N0} test images {(isNew ? "in" : "are already in")} {Path.GetFullPath(target)}"));
            return ExitCode.Done;
        }, cancellation));
        return command;
    }

    // What the files do not say.
    private static void NoteLoss(DataSet set, TextWriter error)
    {
        if (set.Form == DataForm.Pickle && DataCatalog.Find(set.Name) is null)
        {
            error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"note: IDX files have no validation set: its {set.Validation.Count:N0} images are the last ones of the training files"));
        }
    }
}
