using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.Extensions.DependencyModel;
using Arm = System.Runtime.Intrinsics.Arm;
using X86 = System.Runtime.Intrinsics.X86;

namespace NeuralDigits.Cli;

/// <summary>What this tool was built from, and what runs it: what it puts down in each model that it trains.</summary>
internal static class ToolOrigin
{
    /// <summary>Reads it from the tool's assembly, its list of packages and the processor.</summary>
    /// <param name="toolVersion">The tool's version, with the git commit behind a plus sign where it is known.</param>
    public static ManifestProvenance Read(string toolVersion)
    {
        Assembly tool = typeof(ToolOrigin).Assembly;
        return new ManifestProvenance
        {
            Tool = ToolVersion.ForModels(toolVersion),
            GitCommit = ToolVersion.Commit(toolVersion),
            GitDirty = Metadata(tool, "GitDirty") is { } dirty ? bool.Parse(dirty) : null,
            Sdk = Metadata(tool, "SdkVersion"),
            Runtime = RuntimeInformation.FrameworkDescription,
            Machine = Machine(),
            Builder = ManifestProvenance.LocalBuilder,
            Packages = Packages(tool),
        };
    }

    private static string? Metadata(Assembly assembly, string key) =>
        assembly.GetCustomAttributes<AssemblyMetadataAttribute>().SingleOrDefault(attribute => attribute.Key == key)?.Value;

    private static ManifestPackage[] Packages(Assembly tool)
    {
        DependencyContext packages = DependencyContext.Load(tool)
            ?? throw new InvalidDataException($"{tool.GetName().Name}.deps.json is missing beside the tool: install it again.");

        // The runtime itself is listed as a package of its platform; it is named elsewhere.
        return
        [
            .. from library in packages.RuntimeLibraries
               where library.Type == "package" && !library.Name.StartsWith("Microsoft.NETCore.App.", StringComparison.Ordinal)
               orderby library.Name.ToUpperInvariant()
               select new ManifestPackage { Name = library.Name, Version = library.Version, ContentHash = ContentHash(library.Hash) },
        ];
    }

    // Written as sha512- and Base64; nothing, where the package was not restored from a feed.
    private static string? ContentHash(string? hash)
    {
        const string prefix = "sha512-";
        return hash?.StartsWith(prefix, StringComparison.Ordinal) == true ? hash[prefix.Length..] : null;
    }

    private static ManifestMachine Machine() => new()
    {
        Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
        VectorBits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0,
        InstructionSets =
        [
            .. from set in new (string Name, bool IsSupported)[]
               {
                   ("Sse42", X86.Sse42.IsSupported),
                   ("Avx", X86.Avx.IsSupported),
                   ("Avx2", X86.Avx2.IsSupported),
                   ("Fma", X86.Fma.IsSupported),
                   ("Avx512F", X86.Avx512F.IsSupported),
                   ("AdvSimd", Arm.AdvSimd.IsSupported),
               }
               where set.IsSupported
               select set.Name,
        ],
    };
}
