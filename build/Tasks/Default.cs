namespace NeuralDigits.Pipeline;

[TaskName(nameof(Default))]
[TaskDescription("Lists the targets and their arguments.")]
#pragma warning disable CA1716 // The name that Cake gives to the target of an empty command line; no other language uses it.
public sealed class Default : FrostingTask<BuildContext>
#pragma warning restore CA1716
{
    public override void Run(BuildContext context)
    {
        context.Information("Targets, as in --target {0}:", nameof(Train));
        foreach (Target target in Target.All)
            context.Information("  {0,-24} {1}", target.Name, target.Description);
        context.Information("Arguments, as in --epochs 5 or --epochs=5:");
        foreach (Argument argument in Argument.All)
            context.Information("  {0,-24} {1} ({2})", argument.Usage, argument.Description, string.Join(", ", argument.Targets));
    }
}
