namespace NeuralDigits;

/// <summary>Reads pictures of digits, of any size, with a model that learnt from images as MNIST's. Any number of threads may use it.</summary>
public sealed class PictureClassifier
{
    private readonly Model _model;

    /// <summary>Takes a model to read with.</summary>
    /// <param name="model">A model of 28 x 28 pixels.</param>
    /// <exception cref="ArgumentException">The model takes other inputs.</exception>
    public PictureClassifier(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        const int pixels = DigitImage.Side * DigitImage.Side;
        if (model.Network.InputCount != pixels || model.InputScaling != Model.PixelScaling)
        {
            throw new ArgumentException(
                $"The model takes {model.Network.InputCount} inputs of the scaling '{model.InputScaling}'; expected {pixels} of '{Model.PixelScaling}'.",
                nameof(model));
        }

        _model = model;
    }

    /// <summary>Reads a picture, made an image as MNIST's first: see <see cref="DigitImage.From"/>.</summary>
    /// <param name="picture">A picture of one digit, dark on light or light on dark, of any size and in any place.</param>
    /// <exception cref="InvalidDataException">The picture is blank.</exception>
    public Classification Classify(Picture picture)
    {
        byte[] image = DigitImage.From(picture);
        var scores = new float[_model.Labels.Count];
        Scores.Normalize(new ForwardPass(_model.Network).Run(image), scores);
        int best = Scores.ArgMax(scores);
        return new Classification(_model.Labels[best], scores[best], scores);
    }
}

/// <summary>What a model says of a picture.</summary>
/// <param name="Label">The name of the class with the highest score.</param>
/// <param name="Score">Its score, from 0 to 1.</param>
/// <param name="Scores">The scores of all classes, in the order of <see cref="Model.Labels"/>; they sum to 1.</param>
public sealed record Classification(string Label, float Score, IReadOnlyList<float> Scores);
