namespace NeuralDigits;

/// <summary>The one sentence in which every refused file is described.</summary>
internal static class Malformed
{
    /// <summary>What is wrong, where, what was expected, what was found, and what to do or to suspect.</summary>
    /// <param name="file">The file as the caller named it.</param>
    /// <param name="place">Where in the file, such as <c>offset 4</c>.</param>
    /// <param name="expected">What a sound file has there.</param>
    /// <param name="found">What this one has there.</param>
    /// <param name="advice">A whole sentence, or nothing.</param>
    /// <param name="cause">The exception that brought the fault to light, if any.</param>
    public static InvalidDataException Data(
        string file, string place, string expected, string found, string advice = "", Exception? cause = null) =>
        new($"{file}, {place}: expected {expected}, found {found}. {advice}".TrimEnd(), cause);
}
