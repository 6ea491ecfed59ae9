using CliWrap.Buffered;

namespace NeuralDigits.Cli.Tests;

/// <summary>Downloads by the tool, of the real MNIST from a real server on this machine.</summary>
public sealed class DataFetchTests : IDisposable
{
    private const int Cut = 1_000_000;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [MnistFact]
    public async Task A_download_that_is_cut_off_goes_on_and_ends_in_the_cache()
    {
        string cutOff = DataCatalog.Mnist.TrainingImages.Name;
        using var mirror = new LocalMirror(request =>
        {
            byte[] content = File.ReadAllBytes(Path.Combine(MnistFactAttribute.Folder, request.Name));
            return request.From is int from ? Reply.Part(content, from)
                : request.Name == cutOff ? new Reply(content[..Cut], DeclaredLength: content.Length)
                : new Reply(content);
        });

        BufferedCommandResult fetch = await FetchAsync("mnist", "--cache", "cache", "--mirror", $"{mirror.Address}");
        BufferedCommandResult again = await FetchAsync("mnist", "--cache", "cache", "--offline");

        Assert.Equal(0, fetch.ExitCode);
        Assert.Equal("mnist is ready: 28 x 28 pixels, 10 classes.\n", fetch.StandardOutput.ReplaceLineEndings("\n"));
        Assert.Contains($"downloading {cutOff} from 127.0.0.1, 9.9 MB", fetch.StandardError, StringComparison.Ordinal);
        Assert.Matches(@"; trying again in \d+\.\d s \(1 of 3\)", fetch.StandardError);
        Assert.Contains("mnist downloaded from 127.0.0.1 to ", fetch.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', fetch.StandardError.ReplaceLineEndings("\n"));
        Assert.Equal($"/data/mnist/{cutOff}", mirror.AllRequests[0].Target);
        Assert.Equal([null, Cut], mirror.AllRequests.Take(2).Select(request => request.From));
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("mnist from the cache", again.StandardError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--mirror is 'mirror'; expected an address that begins with https:// or http://", "--mirror", "mirror")]
    [InlineData("--mirror is 'ftp://example.org'", "--mirror", "ftp://example.org")]
    [InlineData("--mirror is for downloads, and --offline forbids them", "--mirror", "https://example.org/data", "--offline")]
    public async Task Wrong_usage_ends_with_2(string expected, params string[] arguments)
    {
        BufferedCommandResult fetch = await FetchAsync(["mnist", .. arguments]);

        Assert.Equal(2, fetch.ExitCode);
        Assert.Contains(expected, fetch.StandardError, StringComparison.Ordinal);
    }

    private Task<BufferedCommandResult> FetchAsync(params string[] arguments) => ToolRunner.Command(_folder, ["data", "fetch", .. arguments])
        .WithEnvironmentVariables(variables => variables.Set("NEURALDIGITS_DATA", null).Set("no_proxy", "127.0.0.1"))
        .ExecuteBufferedAsync().Task;
}
