// Reads pictures of digits: dotnet run, then curl --data-binary @seven.png http://localhost:5000/classify
using Microsoft.AspNetCore.Mvc;
using NeuralDigits;
using StbImageSharp;

const int largestFile = 1_000_000;
const int largestSide = 4_000;

var app = WebApplication.Create(args);
PictureClassifier digits = PackagedModel.Classifier;

app.MapPost("/classify", [RequestSizeLimit(largestFile)] async (HttpRequest request) =>
{
    using var png = new MemoryStream();
    await request.Body.CopyToAsync(png);
    png.Position = 0;

    // A small file may hold a huge picture.
    if (ImageInfo.FromStream(png) is not { Width: <= largestSide, Height: <= largestSide })
        return Results.Problem($"Expected a picture of at most {largestSide} x {largestSide} pixels.", statusCode: 400);
    try
    {
        ImageResult image = ImageResult.FromMemory(png.ToArray(), ColorComponents.RedGreenBlueAlpha);
        Classification digit = digits.Classify(Picture.FromRgba(image.Data, image.Height, image.Width));
        return Results.Ok(new { digit.Label, digit.Score });
    }
    catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
    {
        return Results.Problem(exception.Message, statusCode: 400);
    }
});
app.Run();
