using System.Text.Json.Serialization;

namespace NeuralDigits;

/// <summary>How the first weights and biases of a network are drawn.</summary>
public enum WeightInitialization
{
    /// <summary>
    /// Weights from N(0, 1/√inputs), biases from N(0, 1) (Nielsen's book, chapter 3). The default: neurons start
    /// out far from saturation and learn from the first mini-batch on.
    /// </summary>
    [JsonStringEnumMemberName("scaled")]
    Scaled,

    /// <summary>
    /// Weights and biases from N(0, 1), as the book's first network has it. With hundreds of inputs most neurons
    /// start saturated, and often one digit is not learnt for several epochs.
    /// </summary>
    [JsonStringEnumMemberName("standard-normal")]
    StandardNormal,
}
