namespace NeuralDigits.Pipeline;

[TaskName(nameof(Evaluate))]
[TaskDescription("Measures the model on the test images; fails below --min-accuracy, or where the version before is better.")]
[IsDependentOn(typeof(Train))]
public sealed class Evaluate : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        OrderedDictionary<string, string> options = context.OptionsOf(nameof(Evaluate));
        options["min-accuracy"] = context.MinAccuracy;
        context.RunTool("evaluate", options);
    }
}
