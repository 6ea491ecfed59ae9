using System.Globalization;
using NeuralDigits;
using NeuralDigits.Tests;

// Arguments: a training by name, and the number of threads. Prints the floats in a vector, and the model's SHA-256.
string sha256 = ProbeTraining.Named(args[0]).Sha256OfModel(int.Parse(args[1], CultureInfo.InvariantCulture));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{LayerKernels.Best.VectorLength} {sha256}"));
