namespace NeuralDigits.MSBuild;

/// <summary>The codes of the errors and warnings. Documented in the package's README.</summary>
internal static class DiagnosticCode
{
    /// <summary>The model was trained, but is not good enough.</summary>
    public const string GateFailed = "ND0001";

    /// <summary>The item is wrong: its name, an option or a value.</summary>
    public const string WrongItem = "ND0002";

    /// <summary>The training data are missing or malformed, or a file could not be read or written.</summary>
    public const string BadData = "ND0003";

    /// <summary>The trainer could not be started, failed, or was interrupted.</summary>
    public const string TrainerFailed = "ND0004";

    /// <summary>A trained model is not what it was, or not what its training gives.</summary>
    public const string VerificationFailed = "ND0005";

    /// <summary>The trainer warned.</summary>
    public const string Warning = "ND1001";
}
