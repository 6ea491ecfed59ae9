using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.MSBuild;
using Cake.Common.Tools.DotNet.Pack;

namespace NeuralDigits.Pipeline;

[TaskName(nameof(Package))]
[TaskDescription("Packs the libraries, the tool and the published model as NuGet packages, into artifacts/package/release.")]
[IsDependentOn(typeof(Train))]
public sealed class Package : FrostingTask<BuildContext>
{
    private const string ModelPackage = "NeuralDigits.Model";

    public override void Run(BuildContext context)
    {
        var properties = new DotNetMSBuildSettings();
        if (FindModel(context) is { } model)
            properties.WithProperty("PublishedModel", model);
        context.DotNetPack(BuildContext.Packages, new DotNetPackSettings
        {
            Configuration = BuildContext.BuildConfiguration,
            NoBuild = true,
            NoRestore = true,
            NoLogo = true,
            MSBuildSettings = properties,
        });
    }

    // Only what is whole and passes its self-test is packed.
    private static string? FindModel(BuildContext context)
    {
        if (context.ModelNames is not [string name])
        {
            string reason = context.ModelNames.Count == 0
                ? $"no model is published in {context.Store.Root}. Train one first, by --target {nameof(Train)}"
                : $"several models are published: {string.Join(", ", context.ModelNames)}. Choose one by --model-name";
            if (context.Given("model-name") is { } asked)
                throw new CakeException($"There is no model '{asked}' to pack: {reason}.");
            context.Warning("{0} is not packed: {1}.", ModelPackage, reason);
            return null;
        }

        string? version = context.Given("model-version") ?? context.Store.LatestVersion(name);
        string folder = System.IO.Path.GetFullPath(context.Store.FolderOf(name, version ?? context.Store.Versions(name)[^1]));
        ModelManifest manifest = ModelDirectory.Open(folder).Manifest;
        context.Information("{0} is packed with the model {1} {2}.", ModelPackage, manifest.Name, manifest.Version);
        return folder;
    }
}
