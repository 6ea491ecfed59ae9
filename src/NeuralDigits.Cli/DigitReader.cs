namespace NeuralDigits.Cli;

/// <summary>Reads images with a model.</summary>
internal sealed class DigitReader
{
    private readonly ModelDirectory _model;
    private readonly ForwardPass _pass;
    private readonly bool _asIs;

    /// <summary>Makes a reader.</summary>
    /// <param name="model">The model; its inputs must be pixels.</param>
    /// <param name="asIs">Whether pictures are given to the network as they are; those of an IDX file always are.</param>
    /// <exception cref="InvalidDataException">The model does not read pixels.</exception>
    public DigitReader(ModelDirectory model, bool asIs)
    {
        if (model.Model.InputScaling != Model.PixelScaling)
        {
            throw new InvalidDataException(
                $"{model.Folder} takes inputs of the scaling '{model.Model.InputScaling}'; images need '{Model.PixelScaling}'.");
        }

        _model = model;
        _pass = new ForwardPass(model.Model.Network);
        _asIs = asIs;
    }

    /// <summary>The score of each class for an image.</summary>
    /// <exception cref="InvalidDataException">The picture is blank, or does not fit the model.</exception>
    public float[] Score(SourceImage image)
    {
        var scores = new float[_model.Model.Labels.Count];
        Scores.Normalize(_pass.Run(Pixels(image)), scores);
        return scores;
    }

    private ReadOnlySpan<byte> Pixels(SourceImage image)
    {
        Picture picture = image.Picture;
        int inputs = _model.Model.Network.InputCount;
        if (!_asIs && image.Index is null)
        {
            return inputs == DigitImage.Side * DigitImage.Side
                ? DigitImage.From(picture)
                : throw Misfit("is brought to 28 x 28 pixels", "With --as-is, a picture stays as it is.");
        }

        return picture.Pixels.Length == inputs ? picture.Pixels.Span : throw Misfit($"has {picture.Rows} x {picture.Columns} pixels", "");

        InvalidDataException Misfit(string problem, string advice) =>
            new($"The image {problem}, but the model takes {inputs} inputs. {advice}".TrimEnd());
    }
}
