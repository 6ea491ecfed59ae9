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
        if (!retrain)
            RefuseOptionsOfTraining(parsed);
        ModelDirectory? model = null;
        var checks = new List<ModelCheck>();
        foreach (ModelCheck check in new ModelVerifier(Forms, ToolVersion.ForModels(environment.ToolVersion)).Verify(folder, opened => model = opened))
        {
            cancellation.ThrowIfCancellationRequested();
            Report(check);
        }

        if (retrain && NamesOf(ModelCheckOutcome.Failed).Length == 0)
        {
            var retraining = new Retraining(model!, environment);
            DataSource source = _data.Source(parsed, environment);
            DataSet data = _data.IsGiven(parsed) || retraining.Generator is not { } generator
                ? await source.LoadAsync(cancellation)
                : source.Draw(generator.Seed, cancellation);
            Report(retraining.Check(data, parsed.GetValue(_threads), cancellation));
        }

        if (NamesOf(ModelCheckOutcome.Failed) is { Length: > 0 } failed)
            throw new CheckFailedException($"{folder} is not what was published. Failed: {string.Join("; ", failed)}.");
        string unknown = NamesOf(ModelCheckOutcome.NotChecked) is { Length: > 0 } others ? $", but not checked: {string.Join("; ", others)}" : "";
        environment.Output.WriteLine($"verified {Path.GetFullPath(folder)}{unknown}");
        return ExitCode.Done;

        string[] NamesOf(ModelCheckOutcome outcome) => [.. checks.Where(check => check.Outcome == outcome).Select(check => check.Name)];

        void Report(ModelCheck check)
        {
            environment.Output.WriteLine($"{Words(check.Outcome)}  {check.Name}: {check.Finding}");
            checks.Add(check);
        }
    }

    // What is given is to be used: ignored in silence, it would be taken for done.
    private void RefuseOptionsOfTraining(ParseResult parsed)
    {
        string[] given = [.. _data.GivenNames(parsed), .. CommonOptions.IsGiven(_threads, parsed) ? [_threads.Name] : Array.Empty<string>()];
        if (given.Length > 0)
        {
            throw new WrongUsageException(
                $"{string.Join(", ", given)} {(given.Length == 1 ? "is" : "are")} for --retrain: without it, no data is needed and nothing is computed anew.");
        }
    }

    private static string Words(ModelCheckOutcome outcome) => outcome switch
    {
        ModelCheckOutcome.Passed => "ok    ",
        ModelCheckOutcome.Failed => "FAILED",
        _ => "not checked",
    };
}
