using System.Diagnostics;

namespace NeuralDigits.Tests;

/// <summary>Processes that want the same data set at the same time, and what they find on the way.</summary>
public sealed class SharedDownloadTests : IDisposable
{
    private static readonly string Probe = Path.Combine(AppContext.BaseDirectory, "NeuralDigits.Probe.dll");
    private static readonly string[] Names = [.. TinyDataSet.Gzipped.Keys];

    private readonly TemporaryFolder _folder = new();
    private readonly ManualResetEventSlim _asked = new();
    private readonly ManualResetEventSlim _mayAnswer = new();
    private readonly LocalMirror _mirror;

    public SharedDownloadTests() => _mirror = new LocalMirror(request =>
    {
        _asked.Set();
        _mayAnswer.Wait();
        return new Reply(TinyDataSet.Gzipped[request.Name]);
    });

    public void Dispose()
    {
        _mayAnswer.Set();
        _mirror.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_second_process_says_that_it_waits_and_uses_what_the_first_fetched()
    {
        using Process first = Start();
        _asked.Wait();
        using Process second = Start();
        Assert.Equal("waiting", await second.StandardOutput.ReadLineAsync());

        _mayAnswer.Set();

        Assert.Equal("Download", await first.StandardOutput.ReadLineAsync());
        Assert.Equal("Cache", await second.StandardOutput.ReadLineAsync());
        Assert.Equal(Names, _mirror.Requests);
    }

    [Fact]
    public async Task The_second_process_fetches_when_the_first_is_killed()
    {
        using Process first = Start();
        _asked.Wait();
        using Process second = Start();
        Assert.Equal("waiting", await second.StandardOutput.ReadLineAsync());

        first.Kill();
        _mayAnswer.Set();

        Assert.Equal("Download", await second.StandardOutput.ReadLineAsync());
        Assert.Equal([Names[0], .. Names], _mirror.Requests);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        using Process first = Start();
        _asked.Wait();
        using var cancellation = new CancellationTokenSource();
        using HttpClient client = DataSetLocator.CreateHttpClient();
        var locator = new DataSetLocator(TinyDataSet.Entry(_mirror.Address), _folder.Path, client) { Waiting = cancellation.Cancel };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => locator.LocateAsync(null, null, progress: null, cancellation.Token));

        first.Kill();
    }

    [Fact]
    public async Task The_proxy_of_the_environment_is_used_but_for_hosts_that_need_none()
    {
        _mayAnswer.Set();
        using Process through = Start("http://mirror.invalid/data/", ("http_proxy", _mirror.Address.GetLeftPart(UriPartial.Authority)));
        Assert.Equal("Download", await through.StandardOutput.ReadLineAsync());
        Assert.Equal($"http://mirror.invalid/data/{Names[0]}", _mirror.AllRequests[0].Target);
        await through.WaitForExitAsync();
        Directory.Delete(_folder["tiny"], recursive: true);

        using Process past = Start(_mirror.Address.AbsoluteUri, ("http_proxy", "http://127.0.0.1:9/"), ("no_proxy", "127.0.0.1"));
        Assert.Equal("Download", await past.StandardOutput.ReadLineAsync());
        Assert.Equal($"/data/{Names[0]}", _mirror.AllRequests[4].Target);
    }

    private Process Start() => Start(_mirror.Address.AbsoluteUri, ("no_proxy", "127.0.0.1"));

    private Process Start(string mirror, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", [Probe, "fetch", mirror, _folder.Path]) { RedirectStandardOutput = true };
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
