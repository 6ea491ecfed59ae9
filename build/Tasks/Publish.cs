namespace NeuralDigits.Pipeline;

[TaskName(nameof(Publish))]
[TaskDescription("Publishes a model that passed Evaluate under a new version.")]
[IsDependentOn(typeof(Evaluate))]
public sealed class Publish : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.RunTool("publish", context.OptionsOf(nameof(Publish)));
}
