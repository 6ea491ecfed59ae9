using System.CommandLine;
using System.Globalization;

namespace NeuralDigits.Cli;

/// <summary><c>neuraldigits data verify</c>: whether the files of a data set are whole, sound, and those of the catalog.</summary>
internal static class DataVerifyCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        var data = new Argument<string>("NAME|FOLDER")
        {
            Description = $"What to check, as --data of the other commands takes it. Default: {DataChoice.AutomaticName}.",
            DefaultValueFactory = _ => DataChoice.AutomaticName,
        };
        var cache = new CacheOptions();
        var command = new Command("verify", "Checks a data set that is here: checksums, structure, labels. Ends with 1 if a check fails.") { data };
        cache.AddFolderTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(
            async () => Verify(
                await cache.OfflineSource(DataChoice.Of(parsed.GetValue(data)!), parsed, environment).LocateAsync(cancellation), environment, cancellation),
            cancellation));
        return command;
    }

    private static int Verify(DataLocation location, CommandEnvironment environment, CancellationToken cancellation)
    {
        environment.Error.WriteLine(location.Description);
        var failed = new List<string>();
        IReadOnlyList<string> files = location.FindFiles();
        for (int i = 0; i < files.Count; i++)
        {
            string path = files[i];
            Check(Path.GetFileName(path), i % 2 == 0 ? () => Images(path) : () => Labels(path));
        }

        if (failed.Count == 0)
            Check("all together", () => Whole(location.Load()));
        return failed.Count == 0
            ? ExitCode.Done
            : throw new CheckFailedException($"{location.Folder} is not a sound data set. Failed: {string.Join("; ", failed)}.");

        void Check(string name, Func<string> find)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                environment.Output.WriteLine($"ok      {name}: {find()}");
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                environment.Output.WriteLine($"FAILED  {name}: {exception.Message}");
                failed.Add(name);
            }
        }
    }

    private static string Images(string path)
    {
        IdxArray images = IdxFile.ReadImages(path, new DataSetFormat { Rows = null, Columns = null });
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{images.Dimensions[0]:N0} images of {images.Dimensions[1]} x {images.Dimensions[2]} pixels, SHA-256 uncompressed {images.Sha256}");
    }

    private static string Labels(string path)
    {
        IdxArray labels = IdxFile.ReadLabels(path);
        return string.Create(
            CultureInfo.InvariantCulture, $"{labels.Dimensions[0]:N0} labels of {labels.Values.ToArray().Distinct().Count()} classes, SHA-256 uncompressed {labels.Sha256}");
    }

    private static string Whole(DataSet data) => string.Create(
        CultureInfo.InvariantCulture,
        $"{data.Training.Count:N0} training, {data.Validation.Count:N0} validation and {data.Test.Count:N0} test images; " +
        $"{(DataCatalog.Find(data.Name) is { } entry ? $"they are those of {entry.Name}" : $"called {data.Name}, and none of the catalog")}");
}
