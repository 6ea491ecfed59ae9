using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

// Loads a model, scores rows with it, and prints the types of the chain's members and each row's prediction and scores, as bits.
if (args is not ([_, _] or [_, _, "as-plug-in" or "in-another-culture"] or [_, _, "with-plug-in", _]))
    throw new ArgumentException("Usage: NeuralDigits.ML.Stranger MODEL.zip ROWS.idv [as-plug-in | in-another-culture | with-plug-in NeuralDigits.ML.dll]");
(string modelPath, string rowsPath) = (args[0], args[1]);
string? how = args.ElementAtOrDefault(2);
if (how == "as-plug-in")
{
    string program = Assembly.GetExecutingAssembly().Location;
    var plugIn = new PlugInContext(program);
    plugIn.LoadFromAssemblyPath(program).EntryPoint!.Invoke(null, [args[..2]]);
    Console.WriteLine(string.Join(' ', plugIn.Assemblies.Select(assembly => assembly.GetName().Name).Order()));
    return;
}

if (how == "in-another-culture")
{
    // Made here, so that it does not take a system that knows such cultures.
    var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
    culture.NumberFormat.NumberDecimalSeparator = ",";
    culture.NumberFormat.NegativeSign = "minus ";
    CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = culture;
}

var mlContext = new MLContext();
// By its path: this program does not refer to the assembly, and cannot find it by its name.
using IDisposable? inPlugIn = how == "with-plug-in" ? new PlugInContext(args[3]).EnterContextualReflection() : null;
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
