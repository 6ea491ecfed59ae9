using CliWrap.Buffered;

namespace NeuralDigits.Cli.Tests;

/// <summary>What <c>--data</c>, <c>--cache</c> and <c>--offline</c> mean, to every command that loads data.</summary>
public sealed class DataOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_is_loaded_and_named_with_its_counts()
    {
        LearnableDataSet.Write(_folder, "blocks");

        BufferedCommandResult fetch = await FetchAsync("blocks");

        Assert.Equal(0, fetch.ExitCode);
        Assert.Equal("blocks is ready: 28 x 28 pixels, 10 classes.\n", fetch.StandardOutput.ReplaceLineEndings("\n"));
        Assert.Contains("500 training, 100 validation, 100 test images; data from blocks, given by --data", fetch.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_of_the_catalog_is_not_the_folder_called_so_and_a_note_tells_how_to_write_the_folder()
    {
        LearnableDataSet.Write(_folder, "mnist");

        BufferedCommandResult name = await FetchAsync("mnist", "--offline");
        Assert.Equal(3, name.ExitCode);
        Assert.Contains("note: --data mnist is the data set of that name, not the folder", name.StandardError, StringComparison.Ordinal);
        Assert.Contains("the folder is written ./mnist", name.StandardError, StringComparison.Ordinal);

        BufferedCommandResult folder = await FetchAsync("./mnist", "--offline");
        Assert.Equal(0, folder.ExitCode);
        Assert.Equal("mnist-variant is ready: 28 x 28 pixels, 10 classes.\n", folder.StandardOutput.ReplaceLineEndings("\n"));
        Assert.DoesNotContain("note:", folder.StandardError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MNIST")]
    [InlineData("mnits")]
    public async Task A_word_that_is_neither_a_name_nor_a_folder_is_refused_with_all_names(string word)
    {
        BufferedCommandResult fetch = await FetchAsync(word);

        Assert.Equal(3, fetch.ExitCode);
        Assert.Contains(
            $"error: '{word}', given by --data, is neither the name of a data set nor a folder or file. The names are auto, synthetic, mnist",
            fetch.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_are_fetched_one_after_another()
    {
        LearnableDataSet.Write(_folder, "one");
        LearnableDataSet.Write(_folder, "two");

        BufferedCommandResult fetch = await FetchAsync("one", "two");

        Assert.Matches(@"^one is ready.*\s+two is ready.*\s+$", fetch.StandardOutput);
    }

    [Fact]
    public async Task Offline_names_the_files_that_the_cache_lacks_and_what_to_do()
    {
        BufferedCommandResult train = await ToolRunner.RunAsync(_folder, "train", "--cache", "downloads", "--offline", "--data", "mnist");

        Assert.Equal(3, train.ExitCode);
        Assert.Contains(
            $"is not whole in the cache folder '{Path.Combine("downloads", "mnist")}', and there is to be no download", train.StandardError, StringComparison.Ordinal);
        Assert.Contains("train-images-idx3-ubyte.gz is missing", train.StandardError, StringComparison.Ordinal);
        Assert.Contains("NEURALDIGITS_DATA", train.StandardError, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["downloads"]));
    }

    [Fact]
    public async Task Auto_is_the_default_and_takes_the_folder_of_the_environment_variable_first()
    {
        string blocks = LearnableDataSet.Write(_folder, "blocks");

        BufferedCommandResult named = await WithVariable(blocks, "data", "fetch", "auto");
        BufferedCommandResult byDefault = await WithVariable(blocks, "data", "fetch");
        BufferedCommandResult otherwise = await WithVariable(blocks, "data", "fetch", "mnist", "--offline");

        Assert.Contains("given by the environment variable NEURALDIGITS_DATA", named.StandardError, StringComparison.Ordinal);
        Assert.Equal(named.StandardOutput, byDefault.StandardOutput);
        Assert.Equal(3, otherwise.ExitCode);
    }

    [Theory]
    [InlineData("train")]
    [InlineData("evaluate")]
    [InlineData("verify")]
    public async Task Every_command_that_loads_data_has_the_options_and_its_help_tells_the_rule(string command)
    {
        BufferedCommandResult help = await ToolRunner.RunAsync(_folder, command, "--help");

        Assert.Contains("--data <NAME|PATH>", help.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("--cache <FOLDER>", help.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("--offline", help.StandardOutput, StringComparison.Ordinal);
        Assert.Matches(@"is\s+written\s+\./mnist", help.StandardOutput);
        Assert.Matches(@"train,\s+evaluate\s+and\s+data\s+show\s+fall\s+back\s+on\s+synthetic", help.StandardOutput);
    }

    [Fact]
    public async Task Data_alone_is_wrong_usage()
    {
        BufferedCommandResult data = await ToolRunner.RunAsync(_folder, "data");

        Assert.Equal(2, data.ExitCode);
        Assert.Contains("fetch", data.StandardError, StringComparison.Ordinal);
    }

    private Task<BufferedCommandResult> FetchAsync(params string[] arguments) => ToolRunner.RunAsync(_folder, ["data", "fetch", .. arguments]);

    private async Task<BufferedCommandResult> WithVariable(string folder, params string[] arguments) => await ToolRunner.Command(_folder, arguments)
        .WithEnvironmentVariables(variables => variables.Set("NEURALDIGITS_DATA", folder))
        .ExecuteBufferedAsync();
}
