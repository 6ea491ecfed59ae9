using Microsoft.ML.OnnxRuntime;

namespace NeuralDigits.ML.Tests;

/// <summary>An ONNX file as ONNX Runtime runs it.</summary>
internal sealed class OnnxModel(byte[] file) : IDisposable
{
    public InferenceSession Session { get; } = new(file);

    public Scored Score(float[] features)
    {
        using IDisposableReadOnlyCollection<OrtValue> outputs = Run(features, "label", "scores");
        return new Scored(outputs[0].GetTensorDataAsSpan<long>().ToArray(), outputs[1].GetTensorDataAsSpan<float>().ToArray());
    }

    public float[] Activations(float[] features)
    {
        using IDisposableReadOnlyCollection<OrtValue> outputs = Run(features, "activations");
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose() => Session.Dispose();

    private IDisposableReadOnlyCollection<OrtValue> Run(float[] features, params string[] outputs)
    {
        int inputCount = Session.InputMetadata["features"].Dimensions[1];
        using var tensor = OrtValue.CreateTensorValueFromMemory(features, [features.Length / inputCount, inputCount]);
        using var options = new RunOptions();
        return Session.Run(options, ["features"], [tensor], outputs);
    }
}
