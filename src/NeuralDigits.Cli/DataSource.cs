using System.Globalization;

namespace NeuralDigits.Cli;

/// <summary>Gets the data set for a command, and says where from.</summary>
internal static class DataSource
{
    public static async Task<DataSet> LoadAsync(string? folder, string cache, CommandEnvironment environment, CancellationToken cancellation)
    {
        using HttpClient client = DataSetLocator.CreateHttpClient();
        var locator = new DataSetLocator(DataCatalog.Mnist, cache, client);
        var progress = new DownloadReporter(environment);
        DataLocation location = await locator.LocateAsync(folder, environment.DataFolder, progress, cancellation);
        progress.End();
        DataSet data = DataSet.Load(location.Folder);
        cancellation.ThrowIfCancellationRequested();
        environment.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{data.Name}: {data.Training.Count:N0} training, {data.Validation.Count:N0} validation, {data.Test.Count:N0} test images; {location.Description}"));
        return data;
    }

    private sealed class DownloadReporter(CommandEnvironment environment) : IProgress<DownloadProgress>
    {
        private readonly StatusLine _status = new(environment);
        private (string? Host, string? File) _announced;

        public void Report(DownloadProgress value)
        {
            // One plain line a file and host; in a terminal the bytes run on below it.
            if (_announced != (value.Host, value.File))
            {
                _announced = (value.Host, value.File);
                _status.Clear();
                environment.Error.WriteLine($"downloading {value.File} from {value.Host}");
            }

            _status.Show(string.Create(CultureInfo.InvariantCulture, $"  {value.Bytes:N0} of {value.Total:N0} bytes"));
        }

        public void End() => _status.Clear();
    }
}
