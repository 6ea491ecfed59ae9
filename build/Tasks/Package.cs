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
        RemoveOldPackages(context);
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
        OrderedDictionary<string, string> options = context.OptionsOf(nameof(Package));
        if (NameOf(context, options.GetValueOrDefault("model-name")) is not { } name)
        {
            context.Warning("{0} is not packed: no model is published in {1}. Train one first, by --target {2}.", ModelPackage, context.Store.Root, nameof(Train));
            return null;
        }

        string? version = options.GetValueOrDefault("model-version") ?? context.Store.LatestVersion(name);
        string folder = System.IO.Path.GetFullPath(context.Store.FolderOf(name, version ?? context.Store.Versions(name)[^1]));
        ModelManifest manifest = ModelDirectory.Open(folder).Manifest;
        context.Information("{0} is packed with the model {1} {2}.", ModelPackage, manifest.Name, manifest.Version);
        return folder;
    }

    private static string? NameOf(BuildContext context, string? asked)
    {
        IReadOnlyList<string> names = context.Store.Names();
        return (asked, names) switch
        {
            ({ } name, _) when names.Contains(name) => name,
            ({ } name, _) => throw new CakeException(
                $"There is no model '{name}' to pack in {context.Store.Root}. Published are: {string.Join(", ", names.DefaultIfEmpty("none"))}."),
            (null, []) => null,
            (null, [string name]) => name,
            _ => throw new CakeException($"Several models are published in {context.Store.Root}: {string.Join(", ", names)}. Choose one by --model-name."),
        };
    }

    // Beside the new package, one of another version or of another model would be taken for new as well.
    private static void RemoveOldPackages(BuildContext context)
    {
        foreach (FilePath file in context.GetFiles($"artifacts/package/release/{ModelPackage}.*nupkg"))
            context.DeleteFile(file);
    }
}
