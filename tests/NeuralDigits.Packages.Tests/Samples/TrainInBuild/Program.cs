// Opens the model that dotnet build trained, and classifies the images of a file: dotnet run -- data/t10k-images-idx3-ubyte
using NeuralDigits;

string folder = Path.Combine(AppContext.BaseDirectory, "models", "digits");
Model model = ModelDirectory.Open(folder).Model;

// IDX: a header of 16 bytes, then a byte for each pixel.
byte[] file = File.ReadAllBytes(args[0]);
int pixels = model.Network.InputCount;
var pass = new ForwardPass(model.Network);
for (int start = 16; start < file.Length; start += pixels)
    Console.WriteLine(model.Labels[Scores.ArgMax(pass.Run(file.AsSpan(start, pixels)))]);
