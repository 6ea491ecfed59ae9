using CliWrap.Buffered;
using Microsoft.ML;

namespace NeuralDigits.ML.Tests;

/// <summary>Models are loaded by programs that have never heard of this library.</summary>
public sealed class NewProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _modelPath;
    private readonly string _rowsPath;
    private readonly string _expected;

    public NewProcessTests()
    {
        var mlContext = new MLContext(1);
        IDataView rows = mlContext.Data.LoadFromEnumerable(Animals.Rows());
        ITransformer model = Animals.Pipeline(mlContext).Fit(rows);
        _expected = Stranger.ExpectedOutput(model.Transform(rows));
        _modelPath = _folder["model.zip"];
        mlContext.Model.Save(model, rows.Schema, _modelPath);
        _rowsPath = _folder["rows.idv"];
        using FileStream file = File.Create(_rowsPath);
        mlContext.Data.SaveAsBinary(rows, file);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_program_refers_to_nothing_of_ours() =>
        Assert.DoesNotContain(Stranger.References(), name => name.StartsWith("NeuralDigits", StringComparison.Ordinal));

    [Fact]
    public async Task A_new_process_loads_the_chain_without_a_call_to_us_and_scores_the_same_bits()
    {
        BufferedCommandResult result = await Stranger.Run(Stranger.Folder, _modelPath, _rowsPath);

        Assert.Equal("", result.StandardError);
        Assert.Equal(_expected, result.StandardOutput);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task A_process_of_another_culture_scores_the_same_bits()
    {
        BufferedCommandResult result = await Stranger.Run(Stranger.Folder, _modelPath, _rowsPath, "in-another-culture");

        Assert.Equal("", result.StandardError);
        Assert.Equal(_expected, result.StandardOutput);
    }

    [Fact]
    public async Task A_plug_in_with_ML_NET_in_its_own_context_scores_the_same_bits()
    {
        BufferedCommandResult result = await Stranger.Run(Stranger.Folder, _modelPath, _rowsPath, "as-plug-in");

        Assert.Equal("", result.StandardError);
        Assert.StartsWith(_expected, result.StandardOutput, StringComparison.Ordinal);
        Assert.Matches("NeuralDigits.ML NeuralDigits.ML.Stranger", result.StandardOutput[_expected.Length..]);
    }

    [Fact]
    public async Task A_host_with_ML_NET_to_itself_loads_in_the_context_of_the_plug_in_that_has_us()
    {
        string folder = _folder["program"];
        string plugIn = Stranger.CopyWithPlugIn(folder);

        BufferedCommandResult without = await Stranger.Run(folder, _modelPath, _rowsPath);
        BufferedCommandResult with = await Stranger.Run(folder, _modelPath, _rowsPath, "with-plug-in", plugIn);

        Assert.NotEqual(0, without.ExitCode);
        Assert.Contains("NeuralDigits.ML", without.StandardError, StringComparison.Ordinal);
        Assert.Equal("", with.StandardError);
        Assert.Equal(_expected, with.StandardOutput);
    }
}
