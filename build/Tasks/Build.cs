using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Build;

namespace NeuralDigits.Pipeline;

[TaskName(nameof(Build))]
[TaskDescription("Compiles the libraries, the tool and the tests.")]
[IsDependentOn(typeof(Restore))]
public sealed class Build : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.DotNetBuild(context.BuildScope, new DotNetBuildSettings
    {
        Configuration = BuildContext.BuildConfiguration,
        NoRestore = true,
        NoLogo = true,
    });
}
