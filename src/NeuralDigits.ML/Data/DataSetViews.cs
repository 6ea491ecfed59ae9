using Microsoft.ML;

namespace NeuralDigits.ML;

/// <summary>
/// A data set of images for ML.NET: columns <c>Features</c>, a vector of pixels from 0 to 1, and <c>Label</c>, a key.
/// </summary>
/// <param name="Training">What the network learns from.</param>
/// <param name="Validation">What training is watched by.</param>
/// <param name="Test">What the result is judged by in the end.</param>
public sealed record DataSetViews(IDataView Training, IDataView Validation, IDataView Test);
