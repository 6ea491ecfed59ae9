using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Pack;

namespace NeuralDigits.Pipeline;

[TaskName(nameof(Package))]
[TaskDescription("Packs the libraries and the tool as NuGet packages, into artifacts/package/release.")]
[IsDependentOn(typeof(Build))]
public sealed class Package : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.DotNetPack(BuildContext.Packages, new DotNetPackSettings
    {
        Configuration = BuildContext.BuildConfiguration,
        NoBuild = true,
        NoRestore = true,
        NoLogo = true,
    });
}
