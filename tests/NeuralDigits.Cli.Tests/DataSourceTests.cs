namespace NeuralDigits.Cli.Tests;

/// <summary>What is left on the terminal when a download ends.</summary>
public sealed class DataSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _error.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task No_bar_stays_on_the_terminal_when_a_download_fails()
    {
        using var mirror = new LocalMirror(request => new Reply(TinyDataSet.Gzipped[request.Name][..10], DeclaredLength: TinyDataSet.Gzipped[request.Name].Length));
        CommandEnvironment environment = CommandEnvironment.OfThisProcess() with { Error = _error, HasTerminal = true, Clock = new ImpatientClock() };
        var source = new DataSource(
            new DataChoice.OfCatalog(TinyDataSet.Entry()), new CacheSettings(_folder.Path, Offline: false, mirror.Address), environment);

        await Assert.ThrowsAsync<DataUnavailableException>(() => source.LoadAsync(CancellationToken.None));

        Assert.Contains("[-----", _error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\r\u001b[K", _error.ToString(), StringComparison.Ordinal);
    }
}
