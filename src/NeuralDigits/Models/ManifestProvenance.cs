namespace NeuralDigits;

/// <summary>What made a model.</summary>
public sealed record ManifestProvenance
{
    /// <summary>The version of the tool.</summary>
    public required string Tool { get; init; }

    /// <summary>The git commit that the tool was built from, in 40 or 64 hexadecimal digits; null where it is not known.</summary>
    public required string? GitCommit { get; init; }

    /// <summary>Whether the sources differed from that commit; null where it is not known.</summary>
    public required bool? GitDirty { get; init; }

    /// <summary>The version of the .NET SDK that built the tool; null where it is not known.</summary>
    public required string? Sdk { get; init; }

    /// <summary>The .NET runtime that ran it.</summary>
    public required string Runtime { get; init; }

    /// <summary>What the processor was like. The result does not depend on it.</summary>
    public required ManifestMachine Machine { get; init; }

    /// <summary>Who ran the tool, as a URI: a workflow by its address, or <see cref="LocalBuilder"/>.</summary>
    public required string Builder { get; init; }

    /// <summary>The packages of the tool, sorted by name.</summary>
    public required IReadOnlyList<ManifestPackage> Packages { get; init; }

    /// <summary>The <see cref="Builder"/> of whoever says nothing of himself: somebody's own machine.</summary>
    public const string LocalBuilder = "urn:neuraldigits:builder:local";

    /// <summary>What a <see cref="Builder"/> has to be, in words.</summary>
    public const string BuilderForm = "a URI with its scheme, such as https://example.org/ci or urn:example:ci";

    /// <summary>Whether a text may be a <see cref="Builder"/>: a URI with its scheme, such as <c>https</c>, <c>mailto</c> or <c>urn</c>.</summary>
    /// <param name="builder">The text.</param>
    public static bool IsBuilder(string builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        // On Unix, .NET takes the path of a file for a URI, and gives it a scheme that nobody wrote.
        return Uri.TryCreate(builder, UriKind.Absolute, out Uri? uri) && builder.StartsWith(uri.Scheme + ":", StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>The processor that a model was trained on.</summary>
public sealed record ManifestMachine
{
    /// <summary>The architecture, such as <c>X64</c> or <c>Arm64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>The widest vector that the processor computes with, in bits: 128, 256 or 512; 0 if there is none.</summary>
    public required int VectorBits { get; init; }

    /// <summary>The sets of vector instructions that the runtime found, such as <c>Avx2</c>.</summary>
    public required IReadOnlyList<string> InstructionSets { get; init; }
}

/// <summary>A NuGet package.</summary>
public sealed record ManifestPackage
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>
    /// NuGet's hash of its content, as in lock files: the SHA-512 of the package without its signature, in Base64. Of a signed package it is not
    /// the hash of the file. Null where it is not known.
    /// </summary>
    public required string? ContentHash { get; init; }
}
