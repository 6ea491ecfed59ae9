using System.Globalization;

namespace NeuralDigits;

/// <summary>The parameters grew beyond the numbers that a float can hold.</summary>
public sealed class TrainingDivergedException : Exception
{
    internal TrainingDivergedException(int epoch, float learningRate)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The training diverged in epoch {epoch}: weights grew beyond what a float can hold. Lower the learning rate, which is {learningRate}, and scale the features to the range from 0 to 1."))
    {
        Epoch = epoch;
    }

    /// <summary>The epoch, from 0, in which it happened.</summary>
    public int Epoch { get; }
}
