namespace NeuralDigits.Cli;

/// <summary>The command line asks for something that cannot be.</summary>
internal sealed class WrongUsageException(string message) : Exception(message)
{
    /// <summary>Lets a library check what came from the command line: what it calls a wrong argument is wrong usage.</summary>
    public static void ThrowIfRefused(Action check)
    {
        try
        {
            check();
        }
        catch (ArgumentException exception)
        {
            // Without the name of the library's parameter, which nobody typed.
            throw new WrongUsageException(exception.Message.Split(" (Parameter '")[0]);
        }
    }
}
