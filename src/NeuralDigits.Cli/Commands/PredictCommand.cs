using System.CommandLine;

namespace NeuralDigits.Cli;

/// <summary><c>neuraldigits predict</c>: what a published model reads in pictures.</summary>
internal sealed class PredictCommand
{
    private readonly ModelArgument _model = ModelArgument.Required();
    private readonly Argument<string[]> _images = new("IMAGE")
    {
        Description = "PNG or PGM pictures of one digit each, of any size, dark on light or light on dark; or IDX files of images.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<IndexRange?> _index = IndexRange.Option("Which images of an IDX file to read: 7, or 0-99. Default: all.");
    private readonly Option<bool> _asIs = new("--as-is")
    {
        Description = "Give pictures to the network as they are: no crop, no scaling, no centring. Images of IDX files always are.",
    };

    private readonly Option<bool> _scores = new("--scores") { Description = "Show the scores of all classes." };
    private readonly Option<bool> _json = CommonOptions.Json("Print one JSON document, with the scores of all classes.");

    public static Command Create(CommandEnvironment environment)
    {
        var options = new PredictCommand();
        var command = new Command("predict", "Reads the digits in pictures: prints file, digit and score, with tabs between.")
        {
            options._images, options._index, options._asIs, options._scores, options._json,
        };
        options._model.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => options.Run(parsed, environment, cancellation), cancellation));
        return command;
    }

    private int Run(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellation)
    {
        ModelDirectory model = ModelDirectory.Open(_model.PathOf(parsed));
        var reader = new DigitReader(model, parsed.GetValue(_asIs));
        bool isJson = parsed.GetValue(_json);
        var predictions = new List<Prediction>();
        foreach (Prediction prediction in parsed.GetValue(_images)!.SelectMany(file => Predict(reader, file, parsed.GetValue(_index))))
        {
            cancellation.ThrowIfCancellationRequested();
            predictions.Add(prediction);
            if (prediction.Error is not null)
                environment.Error.WriteLine($"error: {prediction.Error}");
            else if (!isJson)
                environment.Output.WriteLine(prediction.ToLine(model.Model.Labels, parsed.GetValue(_scores)));
        }

        if (isJson)
            environment.Output.WriteLine(Prediction.ToJson(model.Manifest, predictions));
        return predictions.Exists(prediction => prediction.Error is not null) ? ExitCode.CheckFailed : ExitCode.Done;
    }

    // One file that cannot be read does not keep the others from being read.
    private static IEnumerable<Prediction> Predict(DigitReader reader, string file, IndexRange? range)
    {
        IReadOnlyList<SourceImage> images;
        try
        {
            images = ImageFile.Read(file, range);
        }
        catch (Exception exception) when (IsAboutTheFile(exception))
        {
            return [new Prediction(file, Index: null, Scores: null, exception.Message)];
        }

        return images.Select(image => Predict(reader, image));
    }

    private static Prediction Predict(DigitReader reader, SourceImage image)
    {
        try
        {
            return new Prediction(image.File, image.Index, reader.Score(image), Error: null);
        }
        catch (InvalidDataException exception)
        {
            return new Prediction(image.File, image.Index, Scores: null, $"{image.Name}: {exception.Message}");
        }
    }

    private static bool IsAboutTheFile(Exception exception) => exception is IOException or InvalidDataException or UnauthorizedAccessException;
}
