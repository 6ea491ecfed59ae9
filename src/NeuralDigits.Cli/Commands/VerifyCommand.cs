using System.CommandLine;

namespace NeuralDigits.Cli;

/// <summary><c>neuraldigits verify</c>: whether a published model is whole, unaltered, the same in all its forms, and what its training gives.</summary>
internal sealed class VerifyCommand
{
    private static readonly ModelForm[] Forms = [ModelForm.Safetensors, ModelForm.Onnx, new ZipForm()];

    private readonly ModelArgument _model = ModelArgument.Optional();
    private readonly DataOptions _data = new();
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly Option<bool> _retrain = new("--retrain")
    {
        Description = "Also train again, by the options and the seed of the manifest on the same data, and compare the bytes.",
    };

    public static Command Create(CommandEnvironment environment)
    {
        var options = new VerifyCommand();
        var command = new Command("verify", "Checks a published model: checksums, provenance, description, history, every form of it. Ends with 1 if a check fails.")
        {
            options._retrain, options._threads,
        };
        options._data.AddTo(command);
        options._model.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => options.RunAsync(parsed, environment, cancellation), cancellation));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellation)
    {
        bool retrain = parsed.GetValue(_retrain);
        string folder = _model.PathOf(parsed);
        if (!retrain && _data.IsGiven(parsed))
            throw new WrongUsageException("--data is for --retrain: without it, no data is needed.");
        var failed = new List<string>();
        foreach (ModelCheck check in new ModelVerifier(Forms, ToolVersion.ForModels(environment.ToolVersion)).Verify(folder))
        {
            cancellation.ThrowIfCancellationRequested();
            Report(check);
        }

        if (retrain && failed.Count == 0)
        {
            ModelDirectory model = ModelDirectory.Open(folder);
            var retraining = new Retraining(model, environment);
            DataSource source = _data.Source(parsed, environment);
            DataSet data = _data.IsGiven(parsed) || retraining.Generator is not { } generator
                ? await source.LoadAsync(cancellation)
                : source.Draw(generator.Seed, cancellation);
            Report(retraining.Check(data, parsed.GetValue(_threads), cancellation));
        }

        if (failed.Count > 0)
            throw new CheckFailedException($"{folder} is not what was published. Failed: {string.Join("; ", failed)}.");
        environment.Output.WriteLine($"verified {Path.GetFullPath(folder)}");
        return ExitCode.Done;

        void Report(ModelCheck check)
        {
            environment.Output.WriteLine($"{(check.Passed ? "ok    " : "FAILED")}  {check.Name}: {check.Finding}");
            if (!check.Passed)
                failed.Add(check.Name);
        }
    }
}
