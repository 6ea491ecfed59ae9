namespace NeuralDigits;

/// <summary>How a publication ended.</summary>
/// <param name="IsNew">Whether the version was added. If not, it was there already with the same result.</param>
/// <param name="KeptFiles">The files of the version that was there that the new one would have had otherwise, or not at all, or alone.</param>
public sealed record PublicationResult(bool IsNew, IReadOnlyList<string> KeptFiles);
