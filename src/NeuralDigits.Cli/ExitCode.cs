namespace NeuralDigits.Cli;

/// <summary>What the process says of how it went. Documented in the help.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The command did what it was asked for, and the answer is no: a check failed, a version is taken, an image cannot be read.</summary>
    public const int CheckFailed = 1;

    public const int WrongUsage = 2;

    /// <summary>The command could not do what it was asked for, for want of sound data, a sound model, or a disk that works.</summary>
    public const int BadData = 3;

    public const int Interrupted = 130;
}
