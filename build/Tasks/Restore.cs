using Cake.Common.Tools.DotNet;

namespace NeuralDigits.Pipeline;

[TaskName(nameof(Restore))]
[TaskDescription("Fetches the packages.")]
public sealed class Restore : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.DotNetRestore(context.BuildScope);
}
