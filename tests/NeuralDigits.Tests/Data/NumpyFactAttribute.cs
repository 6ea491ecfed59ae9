using CliWrap;
using CliWrap.Buffered;

namespace NeuralDigits.Tests;

/// <summary>A test that needs Python with NumPy; reported as skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NumpyFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Found = new(() => Array.Find(["python3", "python", "/usr/bin/python3"], HasNumpy));

    /// <param name="needsMnist">Whether it needs the real MNIST files, too.</param>
    public NumpyFactAttribute(bool needsMnist = false)
    {
        Skip = needsMnist ? new MnistFactAttribute().Skip : null; // Some write the whole of MNIST, which is not in the repository.
        if (Found.Value is null)
            Skip = "Needs Python 3 with the module numpy."; // Only Python writes its files as it does.
    }

    /// <summary>Runs a program in Python.</summary>
    public static async Task RunAsync(string program, params string[] arguments) =>
        await Cli.Wrap(Found.Value!).WithArguments(["-c", program, .. arguments]).ExecuteBufferedAsync();

    private static bool HasNumpy(string command)
    {
        try
        {
            return Cli.Wrap(command).WithArguments(["-c", "import numpy"]).WithValidation(CommandResultValidation.None)
                .ExecuteAsync().Task.GetAwaiter().GetResult().IsSuccess;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
