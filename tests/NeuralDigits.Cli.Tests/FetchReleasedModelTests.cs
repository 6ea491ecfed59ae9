using System.Security.Cryptography;
using System.Text;
using CliWrap;
using CliWrap.Buffered;

namespace NeuralDigits.Cli.Tests;

/// <summary>The script of the workflow that fetches the model to compare with, against a stand-in for gh that serves a folder.</summary>
public sealed class FetchReleasedModelTests : IDisposable
{
    private const string Gh = """
        #!/usr/bin/env bash
        set -euo pipefail
        case "$1 $2" in
          'release list') cat "$RELEASES/latest" ;;
          'release download') cp "$RELEASES/$3/$7" "$5" ;;
          *) exit 1 ;;
        esac

        """;

    private readonly TemporaryFolder _folder = new();

    public FetchReleasedModelTests()
    {
        File.Copy(Path.Combine(Repository.Root, ".github", "fetch-released-model.sh"), Directory.CreateDirectory(_folder["repository/.github"]) + "/fetch.sh");
        _folder.Write("bin/gh", Encoding.UTF8.GetBytes(Gh.ReplaceLineEndings("\n")));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder["bin/gh"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _folder.Write("releases/latest", []);
    }

    [LinuxFact]
    public async Task The_files_that_the_release_lists_are_fetched_and_checked()
    {
        Release("v1.2.0", "model of 1.2.0"u8.ToArray());

        BufferedCommandResult fetch = await RunAsync();

        Assert.Equal("", fetch.ExitCode == 0 ? "" : fetch.StandardError);
        Assert.Equal(["SHA256SUMS", "model.onnx"], Directory.GetFiles(Model("1.2.0")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal("model of 1.2.0", File.ReadAllText(Path.Combine(Model("1.2.0"), "model.onnx")));
        Assert.Contains("is here already", (await RunAsync()).StandardOutput, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Without_a_release_there_is_nothing_to_fetch_and_that_is_said()
    {
        BufferedCommandResult fetch = await RunAsync();

        Assert.Equal(0, fetch.ExitCode);
        Assert.Contains("::notice::There is no release yet.", fetch.StandardOutput, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task An_altered_file_fails_and_is_not_taken_for_a_version()
    {
        Release("v1.2.0", "model of 1.2.0"u8.ToArray());
        _folder.Write("releases/v1.2.0/model.onnx", "another"u8.ToArray());

        BufferedCommandResult fetch = await RunAsync();

        Assert.NotEqual(0, fetch.ExitCode);
        Assert.False(Directory.Exists(Model("1.2.0")));
    }

    public void Dispose() => _folder.Dispose();

    private string Model(string version) => _folder[Path.Combine("repository/artifacts/models/mnist", version)];

    private void Release(string tag, byte[] model)
    {
        _folder.Write("releases/latest", [.. Encoding.ASCII.GetBytes(tag), (byte)'\n']);
        _folder.Write($"releases/{tag}/model.onnx", model);
        _folder.Write($"releases/{tag}/SHA256SUMS", Encoding.ASCII.GetBytes($"{Convert.ToHexStringLower(SHA256.HashData(model))}  model.onnx\n"));
    }

    private async Task<BufferedCommandResult> RunAsync() => await CliWrap.Cli.Wrap("bash")
        .WithArguments([_folder["repository/.github/fetch.sh"]])
        .WithEnvironmentVariables(variables => variables
            .Set("PATH", $"{_folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}")
            .Set("RELEASES", _folder["releases"]))
        .WithValidation(CommandResultValidation.None)
        .ExecuteBufferedAsync();
}
