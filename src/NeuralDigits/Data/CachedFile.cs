namespace NeuralDigits;

/// <summary>A file that a data set has in the cache, or should have.</summary>
public sealed class CachedFile
{
    internal CachedFile(string path, string? fault) => (Path, Fault) = (path, fault);

    /// <summary>Where it is, or should be.</summary>
    public string Path { get; }

    /// <summary>What it is instead of sound, such as <c>missing</c>; <see langword="null"/> if nothing is known to be wrong with it.</summary>
    public string? Fault { get; }
}
