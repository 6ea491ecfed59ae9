using System.Globalization;

namespace NeuralDigits.Cli;

/// <summary>Shows how far a download is: one plain line a file and host, and in a terminal a bar below it.</summary>
internal sealed class DownloadReporter(CommandEnvironment environment) : IProgress<DownloadProgress>
{
    private const int BarWidth = 30;
    private const double Megabyte = 1e6;

    private readonly StatusLine _status = new(environment);
    private (string? Host, string? File) _announced;
    private long _startBytes;
    private long _startTime;

    public void Report(DownloadProgress value)
    {
        if (_announced != (value.Host, value.File))
        {
            _announced = (value.Host, value.File);
            (_startBytes, _startTime) = (value.Bytes, environment.Clock.GetTimestamp());
            string size = value.Total is { } total ? Invariant($", {total / Megabyte:0.0} MB") : "";
            string resumed = value.Bytes > 0 ? Invariant($", from byte {value.Bytes:N0} on") : "";
            Note($"downloading {value.File} from {value.Host}{size}{resumed}");
        }

        _status.Show(Line(value));
    }

    /// <summary>A line of its own, which stays.</summary>
    public void Note(string text)
    {
        _status.Clear();
        environment.Error.WriteLine(text);
    }

    public void End() => _status.Clear();

    private string Line(DownloadProgress value)
    {
        double rate = (value.Bytes - _startBytes) / Math.Max(environment.Clock.GetElapsedTime(_startTime).TotalSeconds, 0.001);
        if (value.Total is not { } total)
            return Invariant($"  {value.Bytes / Megabyte:0.0} MB  {rate / Megabyte:0.0} MB/s");
        int done = (int)(value.Bytes * BarWidth / total);
        string left = rate > 0 ? Invariant($"  {(total - value.Bytes) / rate:0} s left") : "";
        return Invariant(
            $"  [{new string('#', done)}{new string('-', BarWidth - done)}] {100 * value.Bytes / total,3} %  {value.Bytes / Megabyte:0.0} MB  {rate / Megabyte:0.0} MB/s{left}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
