using System.IO.Compression;
using Microsoft.ML;

namespace NeuralDigits.ML.Tests;

public sealed class ReproducibleModelTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly IDataView _rows;
    private readonly ITransformer _model;

    public ReproducibleModelTests()
    {
        _rows = _mlContext.Data.LoadFromEnumerable(Animals.Rows());
        _model = Animals.Pipeline(_mlContext, epochs: 1).Fit(_rows);
    }

    [Fact]
    public async Task The_same_model_gives_the_same_bytes_at_another_time()
    {
        byte[] first = SaveReproducibly(_model);

        // The clock of a zip file goes in steps of two seconds.
        await Task.Delay(TimeSpan.FromSeconds(2.1));

        Assert.Equal(first, SaveReproducibly(_model));
        Assert.Equal(first, SaveReproducibly(EstimatorCheck.Load(new MLContext(2), first)));
    }

    [Fact]
    public void The_file_is_loaded_like_any_other()
    {
        ITransformer loaded = _mlContext.Model.Load(new MemoryStream(SaveReproducibly(_model)), out DataViewSchema schema);

        Assert.Equal(Rows.SchemaOf(_rows.Schema), Rows.SchemaOf(schema));
        Assert.Equal(Rows.Of(_model.Transform(_rows)), Rows.Of(loaded.Transform(_rows)));
    }

    [Fact]
    public void Entries_are_sorted_uncompressed_of_one_time_and_of_no_system()
    {
        byte[] file = SaveReproducibly(_model);

        using var zip = new ZipArchive(new MemoryStream(file));
        Assert.True(zip.Entries.Count > 3);
        string[] names = [.. zip.Entries.Select(entry => entry.FullName)];
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.All(zip.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        Assert.All(zip.Entries, entry => Assert.Equal(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime));
        Assert.All(zip.Entries, entry => Assert.Equal(0, entry.ExternalAttributes));
        Assert.All(SystemsOf(file, zip.Entries.Count), system => Assert.Equal(0, system));
    }

    private byte[] SaveReproducibly(ITransformer model)
    {
        using var file = new MemoryStream();
        _mlContext.Model.SaveReproducibly(model, _rows.Schema, file);
        return file.ToArray();
    }

    // Of each header in the central directory (its signature is "PK", 1, 2), the upper byte of "version made by".
    private static List<byte> SystemsOf(ReadOnlySpan<byte> file, int count)
    {
        var systems = new List<byte>();
        for (int start = file.IndexOf("PK\u0001\u0002"u8), next = 0; next >= 0; start += next)
        {
            systems.Add(file[start + 5]);
            next = file[(start + 4)..].IndexOf("PK\u0001\u0002"u8) + 4;
            if (next < 4)
                break;
        }

        Assert.Equal(count, systems.Count);
        return systems;
    }
}
