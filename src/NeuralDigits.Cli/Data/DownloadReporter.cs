using System.Globalization;

namespace NeuralDigits.Cli;

/// <summary>Shows how far a download is: one plain line a file and host, and in a terminal the bytes run on below it.</summary>
internal sealed class DownloadReporter(CommandEnvironment environment) : IProgress<DownloadProgress>
{
    private readonly StatusLine _status = new(environment);
    private (string? Host, string? File) _announced;

    public void Report(DownloadProgress value)
    {
        if (_announced != (value.Host, value.File))
        {
            _announced = (value.Host, value.File);
            _status.Clear();
            environment.Error.WriteLine($"downloading {value.File} from {value.Host}");
        }

        _status.Show(string.Create(CultureInfo.InvariantCulture, $"  {value.Bytes:N0}{(value.Total is { } total ? $" of {total:N0}" : "")} bytes"));
    }

    public void End() => _status.Clear();
}
