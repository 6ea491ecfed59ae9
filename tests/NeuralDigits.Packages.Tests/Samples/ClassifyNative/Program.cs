// Classifies a picture of a digit, compiled ahead of time: dotnet publish && classifynative model.safetensors seven.png
using NeuralDigits;
using StbImageSharp;

Model model = ModelFile.Read(File.ReadAllBytes(args[0]));
ImageResult png = ImageResult.FromMemory(File.ReadAllBytes(args[1]), ColorComponents.RedGreenBlueAlpha);

// Any size, dark on light or light on dark: made an image as those that the network learnt from.
byte[] image = DigitImage.From(Picture.FromRgba(png.Data, png.Height, png.Width));

var scores = new float[model.Labels.Count];
Scores.Normalize(new ForwardPass(model.Network).Run(image), scores);
int best = Scores.ArgMax(scores);
Console.WriteLine(FormattableString.Invariant($"{model.Labels[best]}  {scores[best]:0.0000}"));
