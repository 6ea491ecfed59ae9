using System.CommandLine;
using System.CommandLine.Invocation;

namespace NeuralDigits.Cli;

/// <summary>The command line as a whole: its commands, and how each end of a command becomes an exit code.</summary>
internal static class Tool
{
    private const string Description = """
        Trains, evaluates, publishes, verifies and uses a network that reads handwritten digits.

        Examples:
          neuraldigits train
          neuraldigits train --data ~/mnist --hidden 100,30 --epochs 10 --seed 7
          neuraldigits data convert my-digits idx
          neuraldigits evaluate --min-accuracy 0.96 --max-regression 0.001
          neuraldigits publish --model-version 1.0.0
          neuraldigits predict mnist seven.png
          neuraldigits verify mnist --retrain
          neuraldigits export artifacts/models/mnist/1.0.0 --to onnx --output digits.onnx

        Exit codes: 0 done; 1 the answer is no: a check of train, evaluate or verify failed, a version is taken, an image cannot be read;
        2 wrong usage; 3 no answer: data, model or file missing, damaged or unreadable; 130 interrupted.
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CommandEnvironment environment)
    {
        var root = new RootCommand(Description)
        {
            DataCommand.Create(environment),
            TrainCommand.Create(environment),
            EvaluateCommand.Create(environment),
            PublishCommand.Create(environment),
            PredictCommand.Create(environment),
            InspectCommand.Create(environment),
            VerifyCommand.Create(environment),
            ExportCommand.Create(environment),
        };
        ParseResult parsed = root.Parse(arguments);
        var configuration = new InvocationConfiguration
        {
            Output = environment.Output,
            Error = environment.Error,
            EnableDefaultExceptionHandler = false,
        };
        if (parsed.Action is ParseErrorAction usage)
            return UsageError.Report(parsed, usage, environment);
        try
        {
            return await parsed.InvokeAsync(configuration);
        }
        catch (OperationCanceledException)
        {
            return Fail("Interrupted: what was not done by then is not done; nothing is left half-written.", ExitCode.Interrupted);
        }
        catch (Exception exception) when (exception is CheckFailedException or ModelVersionConflictException or TrainingDivergedException)
        {
            return Fail(exception.Message, ExitCode.CheckFailed);
        }
        catch (WrongUsageException exception)
        {
            return Fail(exception.Message, ExitCode.WrongUsage);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return Fail(exception.Message, ExitCode.BadData);
        }

        int Fail(string message, int exitCode)
        {
            new StatusLine(environment).Clear();
            environment.Error.WriteLine($"error: {message}");
            return exitCode;
        }
    }
}
