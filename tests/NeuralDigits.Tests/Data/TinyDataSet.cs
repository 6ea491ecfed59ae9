using System.Security.Cryptography;

namespace NeuralDigits.Tests;

/// <summary>The four files of a very small data set.</summary>
internal static class TinyDataSet
{
    public const int TrainingCount = 14;
    public const int TestCount = 4;

    private static readonly CatalogFile[] Files = [.. Plain.Select(file => Describe(file.Name, file.Content))];

    public static IReadOnlyList<(string Name, byte[] Content)> Plain =>
    [
        ("train-images-idx3-ubyte", IdxBytes.Images(TrainingCount, seed: 1)),
        ("train-labels-idx1-ubyte", IdxBytes.Labels(TrainingCount)),
        ("t10k-images-idx3-ubyte", IdxBytes.Images(TestCount, seed: 2)),
        ("t10k-labels-idx1-ubyte", IdxBytes.Labels(TestCount)),
    ];

    /// <summary>The gzipped files by name, as a mirror or a cache has them.</summary>
    public static IReadOnlyDictionary<string, byte[]> Gzipped { get; } =
        Plain.ToDictionary(file => file.Name + ".gz", file => IdxBytes.Gzip(file.Content));

    /// <summary>Writes the plain files.</summary>
    /// <returns>The folder.</returns>
    public static string Write(TemporaryFolder folder, string subfolder)
    {
        foreach ((string name, byte[] content) in Plain)
            folder.Write(Path.Combine(subfolder, name), content);
        return folder[subfolder];
    }

    public static CatalogEntry Entry(params Uri[] mirrors) => new()
    {
        Name = "tiny",
        Title = "A tiny data set",
        Licence = "CC0-1.0",
        LicenceSource = "this test",
        TrainingCount = TrainingCount,
        TestCount = TestCount,
        ClassNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        InstalledFolders = [],
        Mirrors = mirrors,
        TrainingImages = Files[0],
        TrainingLabels = Files[1],
        TestImages = Files[2],
        TestLabels = Files[3],
    };

    private static CatalogFile Describe(string name, byte[] content)
    {
        byte[] gzip = IdxBytes.Gzip(content);
        return new CatalogFile
        {
            Name = name + ".gz",
            Length = gzip.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(gzip)),
            UncompressedSha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
        };
    }
}
