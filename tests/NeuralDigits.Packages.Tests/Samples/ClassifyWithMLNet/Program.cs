// Loads an exported model and classifies test images: dotnet run -- model.zip t10k-images-idx3-ubyte t10k-labels-idx1-ubyte
using Microsoft.ML;

var mlContext = new MLContext();
ITransformer model = mlContext.Model.Load(args[0], out _);
IDataView images = mlContext.Data.LoadFromIdx(args[1], args[2]);

var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(images));
Console.WriteLine(FormattableString.Invariant($"accuracy {metrics.MicroAccuracy:0.0000}"));
