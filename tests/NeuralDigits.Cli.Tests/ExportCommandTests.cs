using CliWrap.Buffered;

namespace NeuralDigits.Cli.Tests;

/// <summary>A published model in its other forms.</summary>
public sealed class ExportCommandTests(ExportCommandTests.Published published) : IClassFixture<ExportCommandTests.Published>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_published_directory_lists_all_forms_with_their_checksums()
    {
        ModelDirectory directory = ModelDirectory.Open(published.Model);

        Assert.Subset(directory.Manifest.Files.Select(file => file.Name).ToHashSet(), new HashSet<string> { "model.onnx", "model.safetensors", "model.zip" });
        Assert.Equal(OnnxFile.Write(directory.Model), File.ReadAllBytes(Path.Combine(published.Model, "model.onnx")));
    }

    [Theory]
    [InlineData("onnx")]
    [InlineData("safetensors")]
    [InlineData("zip")]
    public async Task A_directory_gives_each_form_as_it_was_published(string form)
    {
        BufferedCommandResult result = await ExportAsync(published.Model, form, $"digits.{form}");

        Assert.Equal((0, $"model {_folder[$"digits.{form}"]}"), (result.ExitCode, result.StandardOutput.Trim()));
        Assert.Equal(File.ReadAllBytes(Path.Combine(published.Model, $"model.{form}")), File.ReadAllBytes(_folder[$"digits.{form}"]));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [LinuxTheory]
    [InlineData("pipe.safetensors")]
    [InlineData("pipe.zip")]
    public async Task A_pipe_is_refused_without_waiting_for_what_comes_through_it(string name)
    {
        await CliWrap.Cli.Wrap("mkfifo").WithArguments([_folder[name]]).ExecuteAsync();

        BufferedCommandResult result = await ExportAsync(name, "onnx", "a.onnx");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(name, result.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_safetensors_file_becomes_the_same_ONNX_file_and_goes_to_a_zip_and_back()
    {
        string source = Path.Combine(published.Model, "model.safetensors");

        Assert.Equal(0, (await ExportAsync(source, "onnx", "a.onnx")).ExitCode);
        Assert.Equal(0, (await ExportAsync(source, "zip", "a.zip")).ExitCode);
        Assert.Equal(0, (await ExportAsync("a.zip", "safetensors", "a.safetensors")).ExitCode);

        Assert.Equal(File.ReadAllBytes(Path.Combine(published.Model, "model.onnx")), File.ReadAllBytes(_folder["a.onnx"]));
        Assert.Equal(File.ReadAllBytes(source), File.ReadAllBytes(_folder["a.safetensors"]));
    }

    [Fact]
    public async Task A_published_model_is_named_as_for_the_other_commands()
    {
        string store = Path.GetDirectoryName(Path.GetDirectoryName(published.Model))!;

        Assert.Equal(0, (await ExportAsync("blocks", "onnx", "by-name.onnx", "--models", store)).ExitCode);
        Assert.Equal(0, (await ExportAsync("blocks", "onnx", "by-version.onnx", "--models", store, "--model-version", "1.0.0")).ExitCode);

        byte[] expected = File.ReadAllBytes(Path.Combine(published.Model, "model.onnx"));
        Assert.Equal(expected, File.ReadAllBytes(_folder["by-name.onnx"]));
        Assert.Equal(expected, File.ReadAllBytes(_folder["by-version.onnx"]));
        await AssertRefusedAsync(3, "Version 2.0.0 of the model 'blocks' is not published", "blocks", "onnx", "out", "--models", store, "--model-version", "2.0.0");
        await AssertRefusedAsync(3, "No model 'squares' is published", "squares", "onnx", "out", "--models", store);
        await AssertRefusedAsync(2, "--model-version cannot choose another", published.Model, "onnx", "out", "--model-version", "1.0.0");
    }

    [Fact]
    public async Task A_published_zip_says_as_the_other_forms_do_how_its_inputs_are_made()
    {
        Assert.Equal(0, (await ExportAsync(Path.Combine(published.Model, "model.zip"), "safetensors", "a.safetensors")).ExitCode);

        Assert.Equal(File.ReadAllBytes(Path.Combine(published.Model, "model.safetensors")), File.ReadAllBytes(_folder["a.safetensors"]));
    }

    [Fact]
    public async Task A_file_that_exists_is_replaced_only_by_force()
    {
        _folder.Write("kept.onnx", [1, 2, 3]);

        BufferedCommandResult refused = await ExportAsync(published.Model, "onnx", "kept.onnx");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("kept.onnx exists already; choose another name, or replace it with --force.", refused.StandardError, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(_folder["kept.onnx"]));

        Assert.Equal(0, (await ExportAsync(published.Model, "onnx", "kept.onnx", "--force")).ExitCode);
        Assert.Equal(File.ReadAllBytes(Path.Combine(published.Model, "model.onnx")), File.ReadAllBytes(_folder["kept.onnx"]));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Sources_that_are_no_model_are_refused_in_words_and_nothing_is_written()
    {
        _folder.Write("broken.safetensors", [1, 2, 3]);
        _folder.Write("broken.zip", [1, 2, 3]);
        _folder.Write("model.onnx", [1, 2, 3]);
        Directory.CreateDirectory(_folder["empty"]);

        await AssertRefusedAsync(3, "broken.safetensors: safetensors: expected a header length", "broken.safetensors", "onnx", "out");
        await AssertRefusedAsync(3, "broken.zip: The model file is damaged or no zip archive", "broken.zip", "onnx", "out");
        await AssertRefusedAsync(3, "empty has no SHA256SUMS", "empty", "onnx", "out");
        await AssertRefusedAsync(3, "There is no model directory or file missing.safetensors", "missing.safetensors", "onnx", "out");
        await AssertRefusedAsync(3, "There is no folder", published.Model, "onnx", Path.Combine("nowhere", "out"));
        await AssertRefusedAsync(3, "empty is a folder", published.Model, "onnx", "empty", "--force");
        await AssertRefusedAsync(2, "model.onnx is of a form that cannot be read", "model.onnx", "zip", "out");
        await AssertRefusedAsync(2, "'pickle'", published.Model, "pickle", "out");

        Assert.False(File.Exists(_folder["out"]));
        Assert.Equal(4, Directory.GetFileSystemEntries(_folder.Path).Length);
    }

    public void Dispose() => _folder.Dispose();

    private Task<BufferedCommandResult> ExportAsync(string source, string form, string output, params string[] more) =>
        ToolRunner.RunAsync(_folder, ["export", source, "--to", form, "--output", output, .. more]);

    private async Task AssertRefusedAsync(int exitCode, string reason, string source, string form, string output, params string[] more)
    {
        BufferedCommandResult result = await ExportAsync(source, form, output, more);
        Assert.Contains(reason, result.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.StandardError, StringComparison.Ordinal);
        Assert.Equal(exitCode, result.ExitCode);
    }

    /// <summary>A published model, for all tests of the class.</summary>
    public sealed class Published : IAsyncLifetime, IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        /// <summary>The model directory.</summary>
        public string Model => _folder[Path.Combine("models", "blocks", "1.0.0")];

        public async Task InitializeAsync()
        {
            string data = LearnableDataSet.Write(_folder, "blocks");
            BufferedCommandResult train = await ToolRunner.RunAsync(
                _folder, "train", "--data", data, "--epochs", "1", "--model-version", "1.0.0", "--output", "models");
            Assert.Equal(0, train.ExitCode);
        }

        public Task DisposeAsync() => Task.CompletedTask;

        public void Dispose() => _folder.Dispose();
    }
}
