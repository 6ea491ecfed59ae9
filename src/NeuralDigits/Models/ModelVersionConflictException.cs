namespace NeuralDigits;

/// <summary>A version of a model is published already, with another result.</summary>
public sealed class ModelVersionConflictException : Exception
{
    internal ModelVersionConflictException(string folder, IReadOnlyList<string> differentFiles)
        : base($"{folder} is published already with another result: {string.Join(", ", differentFiles)} would differ. " +
            "A published version never changes; choose another with --model-version.")
    {
        Folder = folder;
    }

    /// <summary>The directory of the published version.</summary>
    public string Folder { get; }
}
