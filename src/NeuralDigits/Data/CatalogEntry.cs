namespace NeuralDigits;

/// <summary>A data set that can be fetched and recognised: four files, their checksums, and where they are served.</summary>
public sealed class CatalogEntry
{
    /// <summary>The short name, made of <c>a-z</c>, <c>0-9</c>, <c>.</c> and <c>-</c>; models are named after it.</summary>
    public required string Name { get; init; }

    /// <summary>What the data set is, for a reader.</summary>
    public required string Title { get; init; }

    /// <summary>SPDX identifier of the licence.</summary>
    public required string Licence { get; init; }

    /// <summary>Who says so.</summary>
    public required string LicenceSource { get; init; }

    /// <summary>Addresses of folders that serve the files, each ending in a slash, in the order to try.</summary>
    public required IReadOnlyList<Uri> Mirrors { get; init; }

    /// <summary>The training images.</summary>
    public required CatalogFile TrainingImages { get; init; }

    /// <summary>The training labels.</summary>
    public required CatalogFile TrainingLabels { get; init; }

    /// <summary>The test images.</summary>
    public required CatalogFile TestImages { get; init; }

    /// <summary>The test labels.</summary>
    public required CatalogFile TestLabels { get; init; }

    /// <summary>All four files.</summary>
    public IReadOnlyList<CatalogFile> Files => [TrainingImages, TrainingLabels, TestImages, TestLabels];

    /// <summary>Whether the four files the sets came from are, uncompressed, the ones of this entry.</summary>
    internal bool Matches(LabelledImages training, LabelledImages test) =>
        training.ImagesSha256 == TrainingImages.UncompressedSha256
        && training.LabelsSha256 == TrainingLabels.UncompressedSha256
        && test.ImagesSha256 == TestImages.UncompressedSha256
        && test.LabelsSha256 == TestLabels.UncompressedSha256;
}
