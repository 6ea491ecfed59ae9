namespace NeuralDigits.Pipeline;

[TaskName(nameof(Data))]
[TaskDescription("Finds or downloads MNIST, and verifies it.")]
[IsDependentOn(typeof(Build))]
public sealed class Data : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.RunTool("data", context.OptionsOf(nameof(Data)));
}
