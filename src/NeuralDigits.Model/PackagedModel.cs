namespace NeuralDigits;

/// <summary>The model of the package NeuralDigits.Model, which the build puts beside the program.</summary>
public static class PackagedModel
{
    private static readonly Lazy<PictureClassifier> Opened = new(() => new PictureClassifier(ModelDirectory.Open(Folder).Model));

    /// <summary>
    /// The directory of the model, <c>models/NeuralDigits.Model</c> beside the program; <see cref="ModelDirectory.Open"/> tells all of it.
    /// </summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "models", "NeuralDigits.Model");

    /// <summary>The model, ready to read pictures: opened and checked at the first use, then kept. Any number of threads may use it.</summary>
    /// <exception cref="DirectoryNotFoundException">The directory is missing: the program was moved without it.</exception>
    /// <exception cref="InvalidDataException">A file of it is missing, altered, or not what it should be.</exception>
    /// <exception cref="ArgumentException">The model was trained on other images than of 28 x 28 pixels.</exception>
    public static PictureClassifier Classifier => Opened.Value;
}
