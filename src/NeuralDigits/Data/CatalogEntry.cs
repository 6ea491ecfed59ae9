using System.Text.Json.Serialization;

namespace NeuralDigits;

/// <summary>A data set that can be fetched and recognised: four files, their checksums, and where they are to be had.</summary>
public sealed record CatalogEntry
{
    /// <summary>The short name, made of <c>a-z</c>, <c>0-9</c>, <c>.</c> and <c>-</c>; models are named after it.</summary>
    public required string Name { get; init; }

    /// <summary>What the data set is, for a reader.</summary>
    public required string Title { get; init; }

    /// <summary>Its name on the Hugging Face Hub, such as <c>ylecun/mnist</c>; null if it has none there.</summary>
    public string? HubName { get; init; }

    /// <summary>SPDX identifier of the licence.</summary>
    public required string Licence { get; init; }

    /// <summary>Who says so.</summary>
    public required string LicenceSource { get; init; }

    /// <summary>Number of images in the training files.</summary>
    public required int TrainingCount { get; init; }

    /// <summary>Number of images in the test files.</summary>
    public required int TestCount { get; init; }

    /// <summary>
    /// The share of the test images, from 0 to 1, that networks trained with the default options read rightly at least, whatever their seed;
    /// <see langword="null"/> if nobody has measured it.
    /// </summary>
    public double? UsualAccuracy { get; init; }

    /// <summary>What the classes are called, in the order of their labels.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Folders that a package of the operating system puts the files into, packed in a way of its own.</summary>
    public required IReadOnlyList<string> InstalledFolders { get; init; }

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
    [JsonIgnore]
    public IReadOnlyList<CatalogFile> Files => [TrainingImages, TrainingLabels, TestImages, TestLabels];

    /// <summary>The entry with other files in the place of its own.</summary>
    internal CatalogEntry WithFiles(Func<CatalogFile, CatalogFile> replace) => this with
    {
        TrainingImages = replace(TrainingImages),
        TrainingLabels = replace(TrainingLabels),
        TestImages = replace(TestImages),
        TestLabels = replace(TestLabels),
    };

    /// <summary>Whether these are known to be the four files of this entry, by the SHA-256 of their uncompressed content.</summary>
    /// <param name="hashes">In the order of <see cref="Files"/>; <see langword="null"/> is nobody's.</param>
    internal bool Matches(params ReadOnlySpan<string?> hashes)
    {
        for (int i = 0; i < hashes.Length; i++)
        {
            if (hashes[i] is null || hashes[i] != Files[i].UncompressedSha256)
                return false;
        }

        return true;
    }
}
