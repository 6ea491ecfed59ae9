using System.CommandLine;

namespace NeuralDigits.Cli;

/// <summary><c>neuraldigits evaluate</c>: how a published model does on the test set.</summary>
internal static class EvaluateCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        var data = new DataOptions();
        Option<string> output = CommonOptions.Output();
        Option<string?> name = CommonOptions.ModelName();
        Option<string?> version = CommonOptions.ModelVersion("The version to evaluate. Default: the one published last.");
        Option<int> threads = CommonOptions.Threads();
        Option<AccuracyFloor?> minAccuracy = AccuracyFloor.Option("The floor: below this accuracy the command fails. Default: none.");
        Option<double> maxRegression = CommonOptions.MaxRegression();
        Option<string?> baselineVersion = CommonOptions.Baseline();
        var command = new Command("evaluate", "Evaluates a published model on the test set, and compares it with another version.")
        {
            output, name, version, threads, minAccuracy, maxRegression, baselineVersion,
        };
        data.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(async () =>
        {
            string? asked = parsed.GetValue(name);
            PublishedModel.CheckBaseline(parsed.GetValue(baselineVersion), parsed.GetValue(version));
            DataSource source = data.Source(parsed, environment);

            // A model of real images is not to be judged by drawn ones unasked.
            DataSet set = asked is null or SyntheticDigits.Name ? await source.LoadOrDrawAsync(cancellation) : await source.LoadAsync(cancellation);
            ModelDirectory model = PublishedModel.Open(parsed.GetValue(output)!, asked ?? set.Name, parsed.GetValue(version));
            ModelDirectory? baseline = PublishedModel.OpenBaseline(
                parsed.GetValue(output)!, model.Manifest.Name, model.Manifest.Version, parsed.GetValue(baselineVersion));
            RequireFit(model, set.Test);
            EvaluationResult result = Evaluator.Evaluate(model.Model.Network, new ImageExamples(set.Test), Cost.Quadratic, parsed.GetValue(threads));
            cancellation.ThrowIfCancellationRequested();
            EvaluationReport.Write(environment.Output, result, model.Model.Labels);
            var gate = new QualityGate(parsed.GetValue(minAccuracy)?.For(set), parsed.GetValue(maxRegression), baseline);
            IReadOnlyList<string> failed = gate.Check(result, set.Test, model.Model.Labels, parsed.GetValue(threads), environment.Output);
            environment.Output.WriteLine($"model {Path.GetFullPath(model.Folder)}");
            return failed.Count == 0 ? ExitCode.Done : throw new CheckFailedException(string.Join(" ", failed));
        }, cancellation));
        return command;
    }

    private static void RequireFit(ModelDirectory model, LabelledImages images)
    {
        Network network = model.Model.Network;
        if (model.Model.InputScaling != Model.PixelScaling || network.InputCount != images.PixelsPerImage || network.OutputCount != images.ClassCount)
        {
            throw new InvalidDataException(
                $"{model.Folder} takes {network.InputCount} inputs (scaling: {model.Model.InputScaling}) and knows {network.OutputCount} classes; " +
                $"the images have {images.PixelsPerImage} pixels (scaling: {Model.PixelScaling}) and {images.ClassCount} classes.");
        }
    }
}
