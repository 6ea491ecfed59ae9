namespace NeuralDigits.Pipeline;

[TaskName(nameof(Data))]
[TaskDescription("Finds or downloads the data set, and verifies it.")]
[IsDependentOn(typeof(Build))]
public sealed class Data : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        OrderedDictionary<string, string> options = context.OptionsOf(nameof(Data));
        options.Remove("data", out string? data);
        context.RunTool("data fetch", options, data);
    }
}
