using System.Globalization;
using NeuralDigits;
using NeuralDigits.Tests;

// Arguments: "publish", and a store. Or "fetch", the address of a mirror, and a cache. Or "draw": prints the SHA-256 of some synthetic digits. Or a training by name, and the number of threads: prints the floats in a vector, and the model's SHA-256.
if (args[0] == "publish")
{
    ProbePublishing.Run(args[1]);
    return;
}

if (args[0] == "fetch")
{
    await ProbeFetching.RunAsync(new Uri(args[1]), args[2]);
    return;
}

if (args[0] == "draw")
{
    Console.WriteLine(ProbeDrawing.Sha256OfPixels(threads: 2));
    return;
}

string sha256 = ProbeTraining.Named(args[0]).Sha256OfModel(int.Parse(args[1], CultureInfo.InvariantCulture));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{LayerKernels.Best.VectorLength} {sha256}"));
