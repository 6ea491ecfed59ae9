using System.CommandLine;
using System.Globalization;

namespace NeuralDigits.Cli;

/// <summary><c>neuraldigits data list</c>: the data sets of the catalog, and where each is.</summary>
internal static class DataListCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        var cache = new CacheOptions();
        var command = new Command("list", "Lists the data sets that have a name, and says which are here.");
        cache.AddFolderTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(async () =>
        {
            int width = DataCatalog.All.Max(entry => entry.Name.Length);
            foreach (CatalogEntry entry in DataCatalog.All)
            {
                string place = await PlaceAsync(entry, cache.OfflineSource(new DataChoice.OfCatalog(entry), parsed, environment), cancellation);
                environment.Output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{entry.Name.PadRight(width)}  {entry.TrainingCount:N0} + {entry.TestCount:N0} images  {entry.Licence,-12}  {place}"));
                environment.Output.WriteLine($"{"".PadRight(width)}  {entry.Title}");
            }

            environment.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{DataChoice.SyntheticName.PadRight(width)}  {SyntheticDigits.TrainingCount:N0} + {SyntheticDigits.TestCount:N0} images  {"MIT",-12}  drawn by this tool, called {SyntheticDigits.Name}"));
            return ExitCode.Done;
        }, cancellation));
        return command;
    }

    private static async Task<string> PlaceAsync(CatalogEntry entry, DataSource source, CancellationToken cancellation)
    {
        try
        {
            DataLocation location = await source.LocateAsync(cancellation);
            return $"{(location.Origin == DataOrigin.Cache ? "cached in" : "installed in")} {location.Folder}";
        }
        catch (DataUnavailableException)
        {
            double megabytes = entry.Files.Sum(file => file.Length ?? 0) / 1e6;
            return string.Create(CultureInfo.InvariantCulture, $"not here; {megabytes:0.0} MB from {entry.Mirrors[0].Host}");
        }
    }
}
