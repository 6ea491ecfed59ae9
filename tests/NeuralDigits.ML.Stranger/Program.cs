using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

// Loads a model, scores rows with it, and prints the types of the chain's members and each row's prediction and scores, as bits.
if (args is not ([_, _] or [_, _, "register-after-failure" or "as-plug-in" or "in-another-culture"]))
    throw new ArgumentException("Usage: NeuralDigits.ML.Stranger MODEL.zip ROWS.idv [register-after-failure|as-plug-in|in-another-culture]");
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
if (how == "register-after-failure")
    LoadThenRegister(mlContext, modelPath);

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

static void LoadThenRegister(MLContext mlContext, string modelPath)
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
