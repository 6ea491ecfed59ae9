namespace NeuralDigits.Pipeline;

[TaskName(nameof(Data))]
[TaskDescription("Finds or downloads the data set, and verifies it.")]
[IsDependentOn(typeof(Build))]
public sealed class Data : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.RunTool("data fetch", [], subject: context.Given("data"));
}
