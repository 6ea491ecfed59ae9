using System.Diagnostics;

namespace NeuralDigits.Tests;

/// <summary>Real processes, two at a time on one store, are killed at moments that nobody chose.</summary>
public sealed class KilledPublisherTests : IDisposable
{
    private const int Rounds = 100;
    private const int ProcessesInRound = 2;
    private const int MostVersionsBeforeKill = 2;
    private const int LongestWaitMilliseconds = 40;

    private static readonly string Probe = Path.Combine(AppContext.BaseDirectory, "NeuralDigits.Probe.dll");

    private readonly TemporaryFolder _folder = new();
    private readonly ModelStore _store;
    private readonly HashSet<string> _checked = [];

    public KilledPublisherTests() => _store = new ModelStore(_folder["models"]);

    [Fact]
    [Trait("Category", "Slow")]
    public async Task After_200_kills_every_version_is_whole_and_the_next_publisher_leaves_nothing_over()
    {
        ModelContent content = TinyModel.Create(version: "0.0.0");
        _store.Publish(content);
        var random = new Random(1);
        int interrupted = 0;
        int published = 1;
        for (int round = 0; round < Rounds; round++)
        {
            int versions = random.Next(MostVersionsBeforeKill + 1);
            published += versions;
            await PublishAndKillAsync(versions, TimeSpan.FromMilliseconds(random.Next(LongestWaitMilliseconds)));
            CheckNewVersions();
            if (Leftovers().Any())
                interrupted++;
        }

        Assert.InRange(interrupted, 10, Rounds);
        Assert.True(_checked.Count >= published, $"{published} versions were said to be published, but {_checked.Count} are there.");
        _store.Publish(content.As("tiny", "2.0.0", "1.0.0"));
        Assert.Empty(Leftovers());
        Assert.Equal("2.0.0", _store.LatestVersion("tiny"));
    }

    public void Dispose() => _folder.Dispose();

    // The first publisher says how many versions it has published, so that a slow disk makes the test longer but does not fail it.
    private async Task PublishAndKillAsync(int versions, TimeSpan wait)
    {
        Process[] publishers = [.. Enumerable.Range(0, ProcessesInRound).Select(_ => Start())];
        try
        {
            foreach (Process publisher in publishers)
                Assert.Equal("ready", await publisher.StandardOutput.ReadLineAsync());
            for (int version = 0; version < versions; version++)
                Assert.StartsWith("published ", await publishers[0].StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
            await Task.Delay(wait);
        }
        finally
        {
            foreach (Process publisher in publishers)
                publisher.Kill();
            foreach (Process publisher in publishers)
            {
                await publisher.WaitForExitAsync();
                Assert.Empty(await publisher.StandardError.ReadToEndAsync());
                publisher.Dispose();
            }
        }
    }

    private Process Start() => Process.Start(new ProcessStartInfo("dotnet", [Probe, "publish", _store.Root])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private void CheckNewVersions()
    {
        foreach (string version in _store.Versions("tiny").Where(_checked.Add))
            Assert.Equal(version, ModelDirectory.Open(_store.FolderOf("tiny", version)).Manifest.Version);
        Assert.Contains(_store.LatestVersion("tiny")!, _checked);
    }

    private IEnumerable<string> Leftovers() => Directory.EnumerateFileSystemEntries(Path.Combine(_store.Root, "tiny"), ".*");
}
