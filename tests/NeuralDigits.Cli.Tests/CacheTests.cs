using System.Runtime.Versioning;
using System.Security.Cryptography;
using CliWrap.Buffered;

namespace NeuralDigits.Cli.Tests;

/// <summary>What lies in the cache, checked and mended through the command line.</summary>
public sealed class CacheTests : IDisposable
{
    private static readonly CatalogFile TestLabels = DataCatalog.Mnist.TestLabels;
    private static readonly byte[] Altered = new byte[TestLabels.Length!.Value];
    private static readonly string AlteredSha256 = Convert.ToHexStringLower(SHA256.HashData(Altered));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Verify_names_every_file_of_the_cache_that_is_not_the_one_it_should_be_and_what_to_do()
    {
        _folder.Write($"cache/mnist/{TestLabels.Name}", Altered);
        _folder.Write($"cache/mnist/{DataCatalog.Mnist.TestImages.Name}", new byte[5]);

        BufferedCommandResult verify = await RunAsync("verify", "mnist", "--cache", "cache");

        Assert.Equal(1, verify.ExitCode);
        Assert.Equal(
            [
                "FAILED  train-images-idx3-ubyte.gz: it is missing",
                "FAILED  train-labels-idx1-ubyte.gz: it is missing",
                "FAILED  t10k-images-idx3-ubyte.gz: it is altered: expected 1648877 bytes, found 5",
                $"FAILED  t10k-labels-idx1-ubyte.gz: it is altered: expected SHA-256 {TestLabels.Sha256}, found {AlteredSha256}",
            ],
            verify.StandardOutput.ReplaceLineEndings("\n").TrimEnd().Split('\n'));
        Assert.Contains($"error: {Path.Combine("cache", "mnist")} is not a sound data set. Failed: train-images", verify.StandardError, StringComparison.Ordinal);
        Assert.Contains("Delete what failed; then 'neuraldigits data fetch mnist --cache cache' gets it again.", verify.StandardError, StringComparison.Ordinal);
        Assert.Equal(["cache", "cache/mnist", "cache/mnist/t10k-images-idx3-ubyte.gz", "cache/mnist/t10k-labels-idx1-ubyte.gz"], AllEntries());
    }

    [FashionMnistFact]
    public async Task Verify_does_not_pass_over_a_damaged_cache_for_what_is_installed()
    {
        _folder.Write($"artifacts/data/fashion-mnist/{DataCatalog.Find("fashion-mnist")!.TestLabels.Name}", new byte[5148]);

        BufferedCommandResult verify = await RunAsync("verify", "fashion-mnist");

        Assert.Equal(1, verify.ExitCode);
        Assert.Contains("FAILED  t10k-labels-idx1-ubyte.gz: it is altered: expected SHA-256 ", verify.StandardOutput, StringComparison.Ordinal);
    }

    [MnistFact]
    public async Task Verify_reads_what_is_sound_in_a_damaged_cache()
    {
        CopyMnist();
        _folder.Write($"cache/mnist/{TestLabels.Name}", Altered);

        BufferedCommandResult verify = await RunAsync("verify", "--cache", "cache");

        Assert.Equal(1, verify.ExitCode);
        Assert.Matches(@"(?m)^ok      t10k-images-idx3-ubyte\.gz: 10,000 images of 28 x 28 pixels", verify.StandardOutput);
        Assert.Contains("Failed: t10k-labels-idx1-ubyte.gz.", verify.StandardError, StringComparison.Ordinal);
    }

    [LinuxTheory]
    [InlineData("pipe")]
    [InlineData("/dev/zero")]
    public async Task A_pipe_or_device_in_the_cache_is_refused_without_waiting_for_what_comes_through_it(string kind)
    {
        Directory.CreateDirectory(_folder["cache/mnist"]);
        string path = _folder[$"cache/mnist/{DataCatalog.Mnist.TrainingImages.Name}"];
        if (kind == "pipe")
            await CliWrap.Cli.Wrap("mkfifo").WithArguments([path]).ExecuteAsync();
        else
            File.CreateSymbolicLink(path, kind);

        BufferedCommandResult verify = await RunAsync("verify", "mnist", "--cache", "cache");
        BufferedCommandResult fetch = await RunAsync("fetch", "mnist", "--cache", "cache", "--offline");
        BufferedCommandResult list = await RunAsync("list", "--cache", "cache");

        Assert.Equal((1, 3, 0), (verify.ExitCode, fetch.ExitCode, list.ExitCode));
        Assert.Contains("FAILED  train-images-idx3-ubyte.gz: it is empty, or a pipe or device", verify.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("train-images-idx3-ubyte.gz is empty, or a pipe or device", fetch.StandardError, StringComparison.Ordinal);
    }

    [MnistFact]
    public async Task An_altered_file_is_deleted_and_fetched_once_again()
    {
        CopyMnist();
        _folder.Write($"cache/mnist/{TestLabels.Name}", Altered);
        using var mirror = new LocalMirror(request => new Reply(File.ReadAllBytes(Path.Combine(MnistFactAttribute.Folder, request.Name))));

        BufferedCommandResult fetch = await FetchAsync(mirror);

        Assert.Equal(0, fetch.ExitCode);
        Assert.Contains($"(damaged in the cache, deleted and fetched again: {TestLabels.Name})", fetch.StandardError, StringComparison.Ordinal);
        Assert.Equal([TestLabels.Name], mirror.Requests);
    }

    [MnistFact]
    public async Task An_altered_file_that_comes_again_is_refused()
    {
        CopyMnist();
        _folder.Write($"cache/mnist/{TestLabels.Name}", Altered);
        using var mirror = new LocalMirror(_ => new Reply(Altered));

        BufferedCommandResult fetch = await FetchAsync(mirror);

        Assert.Equal((3, ""), (fetch.ExitCode, fetch.StandardOutput));
        Assert.Contains($"no mirror gave {TestLabels.Name} (damaged in the cache, deleted and fetched again: {TestLabels.Name})", fetch.StandardError, StringComparison.Ordinal);
        Assert.Contains($"sent a file with SHA-256 {AlteredSha256} in place of {TestLabels.Sha256}", fetch.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", fetch.StandardError, StringComparison.Ordinal);
        Assert.Equal([TestLabels.Name], mirror.Requests);
        Assert.False(File.Exists(_folder[$"cache/mnist/{TestLabels.Name}"]));
    }

    [UnprivilegedFact]
    [SupportedOSPlatform("linux")]
    public async Task A_cache_that_may_not_be_searched_is_not_said_to_lack_files()
    {
        _folder.Write($"cache/mnist/{TestLabels.Name}", Altered);
        const UnixFileMode all = (UnixFileMode)0x1FF;
        File.SetUnixFileMode(_folder.Path, all);
        File.SetUnixFileMode(_folder["cache/mnist"], UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        BufferedCommandResult fetch = await UnprivilegedFactAttribute.Drop(
            ToolRunner.Command(_folder, "data", "fetch", "mnist", "--cache", "cache", "--offline")).ExecuteBufferedAsync();
        File.SetUnixFileMode(_folder["cache/mnist"], all);

        Assert.Equal(3, fetch.ExitCode);
        Assert.Contains($"The cache folder '{Path.Combine("cache", "mnist")}' cannot be used: ", fetch.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("missing", fetch.StandardError, StringComparison.Ordinal);
    }

    private void CopyMnist()
    {
        Directory.CreateDirectory(_folder["cache/mnist"]);
        foreach (CatalogFile file in DataCatalog.Mnist.Files)
            File.Copy(Path.Combine(MnistFactAttribute.Folder, file.Name), _folder[$"cache/mnist/{file.Name}"]);
    }

    private IEnumerable<string> AllEntries() => Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(_folder.Path, path).Replace('\\', '/')).Order(StringComparer.Ordinal);

    private Task<BufferedCommandResult> RunAsync(params string[] arguments) => ToolRunner.RunAsync(_folder, ["data", .. arguments]);

    // The mirrors of the catalog are out of reach: behind a proxy that is not there.
    private Task<BufferedCommandResult> FetchAsync(LocalMirror mirror) => ToolRunner.Command(
            _folder, "data", "fetch", "mnist", "--cache", "cache", "--mirror", $"{mirror.Address.GetLeftPart(UriPartial.Authority)}/")
        .WithEnvironmentVariables(variables => variables
            .Set("NEURALDIGITS_DATA", null).Set("https_proxy", "http://127.0.0.1:9/").Set("no_proxy", "127.0.0.1"))
        .ExecuteBufferedAsync().Task;
}
