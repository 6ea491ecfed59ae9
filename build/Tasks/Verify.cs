namespace NeuralDigits.Pipeline;

[TaskName(nameof(Verify))]
[TaskDescription("Checks the published model, trains it again, and compares the bytes.")]
[IsDependentOn(typeof(Train))]
public sealed class Verify : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        OrderedDictionary<string, string> options = context.OptionsOf(nameof(Verify));
        options.Remove("model-name", out string? model);
        options["retrain"] = "true";
        context.RunTool("verify", options, model);
    }
}
