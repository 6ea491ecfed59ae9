namespace NeuralDigits;

/// <summary>One thing that was to be checked about a model directory.</summary>
/// <param name="Name">What: a file, or a property.</param>
/// <param name="Finding">What was found.</param>
/// <param name="Outcome">Whether that is as it should be.</param>
public sealed record ModelCheck(string Name, string Finding, ModelCheckOutcome Outcome);

/// <summary>How a check ended.</summary>
public enum ModelCheckOutcome
{
    /// <summary>All is as it should be.</summary>
    Passed,

    /// <summary>Something is not as it should be.</summary>
    Failed,

    /// <summary>It cannot be told whether all is as it should be: a file differs, but another version of the tool wrote it.</summary>
    NotChecked,
}

/// <summary>What was found where nothing is amiss.</summary>
internal readonly record struct ModelFinding(string Text, ModelCheckOutcome Outcome = ModelCheckOutcome.Passed);
