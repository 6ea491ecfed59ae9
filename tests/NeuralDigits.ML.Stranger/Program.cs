using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

// Loads a model, scores rows with it, and prints the types of the chain's members and each row's prediction and scores, as bits.
if (args is not ([_, _] or [_, _, "register-after-failure"]))
    throw new ArgumentException("Usage: NeuralDigits.ML.Stranger MODEL.zip ROWS.idv [register-after-failure]");
(string modelPath, string rowsPath) = (args[0], args[1]);

var mlContext = new MLContext();
if (args.Length == 3)
{
    try
    {
        mlContext.Model.Load(modelPath, out _);
        Console.WriteLine("Loaded without registration.");
    }
    catch (Exception exception) when (exception is FormatException or InvalidOperationException)
    {
        // By reflection, so that this program still does not refer to the assembly.
        Type loading = Type.GetType("Microsoft.ML.SigmoidMlpLoading, NeuralDigits.ML", throwOnError: true)!;
        MethodInfo register = loading.GetMethod("RegisterSigmoidMlp")!;
        register.Invoke(null, [mlContext.ComponentCatalog]);
        register.Invoke(null, [mlContext.ComponentCatalog]);
    }
}

ITransformer model = mlContext.Model.Load(modelPath, out _);
if (model is IEnumerable<ITransformer> chain)
    Console.WriteLine(string.Join(" > ", chain.Select(member => member.GetType().Name)));

IDataView scored = model.Transform(mlContext.Data.LoadFromBinary(rowsPath));
float[][] scores = [.. scored.GetColumn<float[]>("Score")];
string[] predictions = [.. scored.GetColumn<string>("PredictedLabel")];
for (int row = 0; row < scores.Length; row++)
{
    IEnumerable<string> bits = scores[row].Select(score => $"{BitConverter.SingleToUInt32Bits(score):x8}");
    Console.WriteLine($"{predictions[row]} {string.Join(' ', bits)}");
}
