namespace NeuralDigits;

/// <summary>The data sets known by name. Another one is another entry in <c>catalog.json</c>.</summary>
public static class DataCatalog
{
    /// <summary>All entries.</summary>
    public static IReadOnlyList<CatalogEntry> All { get; } = Read();

    /// <summary>MNIST: 60,000 training and 10,000 test images of handwritten digits, 28 x 28 pixels (LeCun, Cortes, Burges).</summary>
    public static CatalogEntry Mnist { get; } = Find("mnist")!;

    /// <summary>The entry of a name, which is spelled as it is in the catalog; <see langword="null"/> if there is none.</summary>
    /// <param name="name">The name.</param>
    public static CatalogEntry? Find(string name) => All.FirstOrDefault(entry => entry.Name == name);

    private static IReadOnlyList<CatalogEntry> Read()
    {
        using Stream stream = typeof(DataCatalog).Assembly.GetManifestResourceStream("NeuralDigits.catalog.json")!;
        var json = new byte[stream.Length];
        stream.ReadExactly(json);
        return CatalogReader.Read("catalog.json", json);
    }
}
