namespace NeuralDigits.Cli;

/// <summary>What the process says of how it went. Documented in the help.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int CheckFailed = 1;
    public const int WrongUsage = 2;
    public const int BadData = 3;
    public const int Interrupted = 130;
}
