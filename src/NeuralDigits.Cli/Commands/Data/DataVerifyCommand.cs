using System.CommandLine;
using System.Globalization;

namespace NeuralDigits.Cli;

/// <summary><c>neuraldigits data verify</c>: whether the files of a data set are whole, sound, and those of the catalog.</summary>
internal static class DataVerifyCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        var data = new Argument<string>("NAME|PATH")
        {
            Description = $"What to check, as --data of the other commands takes it. Default: {DataChoice.AutomaticName}.",
            DefaultValueFactory = _ => DataChoice.AutomaticName,
        };
        var cache = new CacheOptions();
        var command = new Command("verify", "Checks a data set that is here: checksums, structure, labels. Ends with 1 if a check fails.") { data };
        cache.AddFolderTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(
            () => VerifyAsync(cache.OfflineSource(DataChoice.Of(parsed.GetValue(data)!), parsed, environment), environment, cancellation), cancellation));
        return command;
    }

    private static async Task<int> VerifyAsync(DataSource source, CommandEnvironment environment, CancellationToken cancellation)
    {
        if (source.FindForm() is { } form)
        {
            var whole = new Checks(environment, cancellation);
            whole.Check("all together", () => Whole(source.Load(form, cancellation), environment));
            return whole.Conclude("What was named");
        }

        // What is in the cache is checked even where the same data are installed, and would be taken in its stead.
        IReadOnlyList<CachedFile> cached = source.CheckCache();
        if (cached.All(file => file.Fault is null))
            return Verify(await source.LocateAsync(cancellation), environment, cancellation);

        string folder = Path.GetDirectoryName(cached[0].Path)!;
        environment.Error.WriteLine($"{Path.GetFileName(folder)} in the cache {folder}");
        var checks = new Checks(environment, cancellation);
        for (int i = 0; i < cached.Count; i++)
        {
            if (cached[i].Fault is { } fault)
                checks.Fail(Path.GetFileName(cached[i].Path), $"it is {fault}");
            else
                CheckFile(cached[i].Path, i, () => null, checks);
        }

        return checks.Conclude(
            folder, $" Delete what failed; then 'neuraldigits data fetch {Path.GetFileName(folder)} --cache {Path.GetDirectoryName(folder)}' gets it again.");
    }

    private static int Verify(DataLocation location, CommandEnvironment environment, CancellationToken cancellation)
    {
        environment.Error.WriteLine(location.Description);
        var checks = new Checks(environment, cancellation);
        IReadOnlyList<string> files = location.FindFiles();
        for (int i = 0; i < files.Count; i++)
            CheckFile(files[i], i, location.ReadClassNames, checks);
        if (checks.AllHeld)
            checks.Check("all together", () => Whole(location.Load(), environment));
        return checks.Conclude(location.Folder);
    }

    // Images and labels, of the training and of the test.
    private static void CheckFile(string path, int place, Func<IReadOnlyList<string>?> readClassNames, Checks checks) =>
        checks.Check(Path.GetFileName(path), place % 2 == 0 ? () => Images(path) : () => Labels(path, readClassNames()));

    private static string Images(string path)
    {
        IdxArray images = IdxFile.ReadImages(path, new DataSetFormat { Rows = null, Columns = null });
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{images.Dimensions[0]:N0} images of {images.Dimensions[1]} x {images.Dimensions[2]} pixels, SHA-256 uncompressed {images.Sha256}");
    }

    private static string Labels(string path, IReadOnlyList<string>? classNames)
    {
        IdxArray labels = IdxFile.ReadLabels(path, classNames is null ? null : new DataSetFormat { ClassCount = classNames.Count });
        return string.Create(
            CultureInfo.InvariantCulture, $"{labels.Dimensions[0]:N0} labels of {labels.Values.ToArray().Distinct().Count()} classes, SHA-256 uncompressed {labels.Sha256}");
    }

    private static string Whole(DataSet data, CommandEnvironment environment)
    {
        DataWarnings.Write(data, environment.Error);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{data.Training.Count:N0} training, {data.Validation.Count:N0} validation and {data.Test.Count:N0} test images; " +
            $"{(DataCatalog.Find(data.Name) is { } entry ? $"they are those of {entry.Name}" : $"called {data.Name}, and none of the catalog")}");
    }

    /// <summary>The checks that were made, each with a line of its own.</summary>
    private sealed class Checks(CommandEnvironment environment, CancellationToken cancellation)
    {
        private readonly List<string> _failed = [];

        public bool AllHeld => _failed.Count == 0;

        public void Check(string name, Func<string> find)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                environment.Output.WriteLine($"ok      {name}: {find()}");
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                Fail(name, exception.Message);
            }
        }

        public void Fail(string name, string reason)
        {
            environment.Output.WriteLine($"FAILED  {name}: {reason}");
            _failed.Add(name);
        }

        /// <returns>The exit code.</returns>
        /// <exception cref="CheckFailedException">Not all checks held.</exception>
        public int Conclude(string folder, string advice = "") => AllHeld
            ? ExitCode.Done
            : throw new CheckFailedException($"{folder} is not a sound data set. Failed: {string.Join("; ", _failed)}.{advice}");
    }
}
