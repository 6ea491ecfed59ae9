using Microsoft.ML.OnnxRuntime;

namespace NeuralDigits.Benchmarks;

/// <summary>A network in ONNX Runtime, with memory for input and output bound ahead of the runs: its fastest way.</summary>
internal sealed class OnnxSession : IDisposable
{
    private static readonly string[] InputNames = [OnnxLayers.Input];
    private static readonly string[] OutputNames = [OnnxLayers.Output];

    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly OrtValue[] _inputs;
    private readonly OrtValue[] _outputs;

    public OnnxSession(Network network, int rows, int threads)
    {
        Features = new float[rows * network.InputCount];
        Activations = new float[rows * network.OutputCount];
        using var sessionOptions = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1 };
        _session = new InferenceSession(OnnxLayers.Write(network), sessionOptions);
        _inputs = [OrtValue.CreateTensorValueFromMemory(Features, [rows, network.InputCount])];
        _outputs = [OrtValue.CreateTensorValueFromMemory(Activations, [rows, network.OutputCount])];
    }

    /// <summary>The rows to score.</summary>
    public float[] Features { get; }

    /// <summary>The outputs of the last <see cref="Run"/>.</summary>
    public float[] Activations { get; }

    public void Run() => _session.Run(_options, InputNames, _inputs, OutputNames, _outputs);

    public void Dispose()
    {
        foreach (OrtValue value in _inputs.Concat(_outputs))
            value.Dispose();
        _options.Dispose();
        _session.Dispose();
    }
}
