// Classifies a picture of a digit, compiled ahead of time: dotnet publish, then ClassifyNative model.safetensors seven.png
using NeuralDigits;
using StbImageSharp;

Model model = ModelFile.Read(File.ReadAllBytes(args[0]));
ImageResult png = ImageResult.FromMemory(File.ReadAllBytes(args[1]), ColorComponents.RedGreenBlueAlpha);

// Of any size, dark on light or light on dark.
Classification digit = new PictureClassifier(model).Classify(Picture.FromRgba(png.Data, png.Height, png.Width));
Console.WriteLine(FormattableString.Invariant($"{digit.Label}  {digit.Score:0.0000}"));
