using System.Text;
using System.Text.Json.Nodes;

namespace NeuralDigits.Tests;

/// <summary>The catalog of data sets, which is a file: what it holds, and that a slip in it is found.</summary>
public class CatalogTests
{
    [Fact]
    public void The_catalog_has_the_three_data_sets_of_four_files()
    {
        Assert.Equal(["mnist", "fashion-mnist", "kmnist"], DataCatalog.All.Select(entry => entry.Name));
        Assert.All(DataCatalog.All, entry => Assert.Equal((60_000, 10_000, 10), (entry.TrainingCount, entry.TestCount, entry.ClassNames.Count)));
        Assert.All(DataCatalog.All, entry => Assert.Equal(
            ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"],
            entry.Files.Select(file => file.Name)));
        Assert.All(DataCatalog.All, entry => Assert.All(entry.Files, file => Assert.NotNull(file.Sha256)));
        Assert.All(DataCatalog.All.Take(2), entry => Assert.All(entry.Files, file => Assert.NotNull(file.UncompressedSha256)));
        Assert.Equal("Ankle boot", DataCatalog.Find("fashion-mnist")!.ClassNames[9]);
        Assert.Equal(["CC-BY-SA-3.0", "MIT", "CC-BY-SA-4.0"], DataCatalog.All.Select(entry => entry.Licence));
    }

    [Fact]
    public void An_entry_is_found_by_its_exact_name_alone()
    {
        Assert.Same(DataCatalog.Mnist, DataCatalog.Find("mnist"));
        Assert.Null(DataCatalog.Find("MNIST"));
        Assert.Null(DataCatalog.Find("./mnist"));
        Assert.Null(DataCatalog.Find(""));
    }

    [Fact]
    public void Checksums_and_lengths_may_be_left_out_and_another_entry_is_all_that_another_data_set_needs()
    {
        JsonObject catalog = Catalog();
        JsonNode fourth = catalog["dataSets"]![0]!.DeepClone();
        fourth["name"] = "fourth";
        ((JsonObject)fourth["testLabels"]!).Remove("length");
        ((JsonObject)fourth["testLabels"]!).Remove("sha256");
        ((JsonArray)catalog["dataSets"]!).Add(fourth);

        CatalogEntry entry = Read(catalog)[^1];

        Assert.Equal("fourth", entry.Name);
        Assert.Equal((null, null), (entry.TestLabels.Length, entry.TestLabels.Sha256));
        Assert.Equal(DataCatalog.Mnist.Mirrors, entry.Mirrors);
    }

    public static TheoryData<string, string, string> Slips => new()
    {
        { "name", "\"Mnist\"", "'Mnist' must be made of a-z" },
        { "name", "\"kmnist\"", "there are two entries 'kmnist'" },
        { "name", "null", "null" },
        { "title", "\" \"", "of 'mnist', the title is empty" },
        { "licence", "\"CC BY-SA 3.0\"", "the licence 'CC BY-SA 3.0' is not an SPDX identifier" },
        { "licenceSource", "\"\"", "the source of the licence is empty" },
        { "trainingCount", "0", "a number of images is less than 1" },
        { "usualAccuracy", "95", "the usual accuracy is not between 0 and 1" },
        { "classNames", "[\"0\"]", "there are 1 classes; expected 2 to 256" },
        { "classNames", "[\"0\", \"\"]", "a class has no name" },
        { "classNames", "[\"0\", \"0\"]", "two classes have the same name" },
        { "installedFolders", "[\"datasets\"]", "the folder 'datasets' is not an absolute path" },
        { "mirrors", "[]", "there is no mirror" },
        { "mirrors", "[\"http://example.org/\"]", "the mirror 'http://example.org/' is not an https address that ends in a slash" },
        { "mirrors", "[\"https://example.org/mnist\"]", "is not an https address that ends in a slash" },
        { "testLabels", "{\"name\": \"../labels.gz\"}", "the file name '../labels.gz' is not a plain one" },
        { "testLabels", "{\"name\": \"train-images-idx3-ubyte.gz\"}", "two files have the same name" },
        { "testLabels", "{\"name\": \"labels.gz\", \"length\": 0}", "the length of labels.gz is less than 1" },
        { "testLabels", "{\"name\": \"labels.gz\", \"sha256\": \"ABC\"}", "a SHA-256 of labels.gz is not of 64 digits" },
        { "testLabels", "{\"name\": \"labels.gz\", \"md5\": \"ABC\"}", "md5" },
        { "homepage", "\"https://example.org\"", "homepage" },
    };

    [Theory]
    [MemberData(nameof(Slips))]
    public void A_slip_is_refused_and_named(string member, string value, string reason)
    {
        JsonObject catalog = Catalog();
        catalog["dataSets"]![0]![member] = JsonNode.Parse(value);

        var e = Assert.Throws<InvalidDataException>(() => Read(catalog));

        Assert.StartsWith("catalog.json is not a ", e.Message);
        Assert.Contains(reason, e.Message);
    }

    [Theory]
    [InlineData("", "is not a catalog")]
    [InlineData("null", "is null")]
    [InlineData("{}", "is not a catalog")]
    [InlineData("{\"schemaVersion\": 2, \"dataSets\": []}", "is of schema version 2; expected 1")]
    [InlineData("{\"schemaVersion\": 1, \"dataSets\": [null]}", "an entry is null")]
    public void What_is_no_catalog_is_refused(string json, string reason) =>
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => CatalogReader.Read("catalog.json", Encoding.UTF8.GetBytes(json))).Message);

    private static IReadOnlyList<CatalogEntry> Read(JsonNode catalog) => CatalogReader.Read("catalog.json", Encoding.UTF8.GetBytes(catalog.ToJsonString()));

    private static JsonObject Catalog() =>
        (JsonObject)JsonNode.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "src", "NeuralDigits", "Data", "catalog.json")))!;
}
