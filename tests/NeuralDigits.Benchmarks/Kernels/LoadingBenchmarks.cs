using BenchmarkDotNet.Attributes;

namespace NeuralDigits.Benchmarks;

/// <summary>Reads what is on disk: the images, and a model.</summary>
public class LoadingBenchmarks
{
    private string _folder = null!;
    private byte[] _model = null!;

    /// <summary>Finds the images, and writes a model of [784, 60, 10].</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _folder = BenchmarkData.Folder;
        _model = ModelFile.Write(BenchmarkData.ModelOf(BenchmarkData.NewNetwork(784, 60, 10)));
    }

    /// <summary>The four files of MNIST.</summary>
    [Benchmark]
    public DataSet Images() => DataSet.Load(_folder);

    /// <summary>A model, from memory, with all its checks.</summary>
    [Benchmark]
    public Model ReadModel() => ModelFile.Read(_model);
}
