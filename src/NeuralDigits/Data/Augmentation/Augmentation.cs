using System.Text.Json.Serialization;

namespace NeuralDigits;

/// <summary>
/// How training images are changed before each epoch, so that the network learns what does not change with their place, slant or stroke. Only
/// training images are; those that it is validated and tested on stay as they are.
/// </summary>
/// <remarks>
/// What becomes of an image follows from the seed, the epoch and the number of the example alone, in a random stream of its own: first weights
/// and order of the examples are those of a training without. Integers and exactly rounded operations make the pixels: they are the same on
/// every machine and for any number of threads. Outside of an image there is paper, pixels of 0.
/// </remarks>
public enum Augmentation
{
    /// <summary>They stay as they are.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>
    /// Moved by one pixel or not at all, across and down, each of the nine ways equally likely: what Nielsen's book, chapter 3, expands its
    /// training set by.
    /// </summary>
    [JsonStringEnumMemberName("shift")]
    Shift,

    /// <summary>
    /// Turned, stretched, slanted and moved a little about their centre, as of D. Cireşan, U. Meier, L. Gambardella and J. Schmidhuber, "Deep Big
    /// Simple Neural Nets Excel on Handwritten Digit Recognition", 2010; with bilinear interpolation.
    /// </summary>
    [JsonStringEnumMemberName("affine")]
    Affine,

    /// <summary>
    /// Distorted as if drawn on rubber: a smooth random field says from where each pixel is taken, as of P. Simard, D. Steinkraus and J. Platt,
    /// "Best Practices for Convolutional Neural Networks Applied to Visual Document Analysis", 2003; with bilinear interpolation.
    /// </summary>
    [JsonStringEnumMemberName("elastic")]
    Elastic,
}
