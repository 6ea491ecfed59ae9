using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML.Tests;

/// <summary>Whatever a model file holds: the model that was saved, or a refusal, and soon.</summary>
public sealed class CheckedModelTests
{
    // The largest file here has 10,000 bytes.
    private const long SomeMemory = 1_000_000;

    private readonly MLContext _mlContext = new(1);
    private readonly SigmoidMlpTransformer _network;
    private readonly DataViewSchema _schema;
    private readonly byte[] _file;
    private readonly byte[] _pipelineFile;

    public CheckedModelTests()
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Animals.Rows(30));
        _schema = rows.Schema;
        _network = Animals.Trainer(_mlContext, epochs: 1).Fit(Animals.WithLabel(_mlContext, rows));
        _file = SaveReproducibly(_network);
        _pipelineFile = SaveReproducibly(Animals.Pipeline(_mlContext, epochs: 1).Fit(rows));
    }

    [Fact]
    public void A_network_is_loaded_with_all_that_was_saved_of_it() =>
        Assert.Equal(SavedBytes.Of(_network), SavedBytes.Of(_mlContext.Model.LoadSigmoidMlp(new MemoryStream(_file))));

    [Fact]
    public void A_network_is_loaded_out_of_a_pipeline_of_this_step_alone()
    {
        IDataView rows = Animals.Labelled(_mlContext);
        byte[] file = SaveReproducibly(new EstimatorChain<ITransformer>().Append(Animals.Trainer(_mlContext, epochs: 1)).Fit(rows));

        Assert.Contains(ZipBytes.Entries(file), entry => entry.Name.Contains("Transform_000", StringComparison.Ordinal));
        Assert.Equal(4, _mlContext.Model.LoadSigmoidMlp(new MemoryStream(file)).Model.Network.InputCount);
    }

    [Fact]
    public void A_network_keeps_how_its_inputs_are_made_and_all_that_is_known_of_its_training()
    {
        SigmoidMlpTransformer scaled = _network.WithInputScaling(Model.PixelScaling);

        SigmoidMlpTransformer loaded = _mlContext.Model.LoadSigmoidMlp(new MemoryStream(SaveReproducibly(scaled)));

        Assert.Equal((Model.NoScaling, Model.PixelScaling), (_network.Model.ToModel().InputScaling, loaded.Model.ToModel().InputScaling));
        Assert.Equal(SavedBytes.Of(_network), SavedBytes.Of(loaded.WithInputScaling(Model.NoScaling)));
        Assert.Throws<ArgumentException>(() => _network.WithInputScaling("inches"));
    }

    [Fact]
    public void What_ML_NET_saves_itself_is_loaded_too_to_the_same_model()
    {
        byte[] file = EstimatorCheck.Save(_mlContext, _network, _schema);

        Assert.Equal(SavedBytes.Of(_network), SavedBytes.Of(_mlContext.Model.LoadSigmoidMlp(new MemoryStream(file))));
        Assert.Equal(Described(LoadChecked(_file)), Described(LoadChecked(file)));
    }

    [Fact]
    public void A_file_by_a_writer_that_cannot_go_back_is_loaded_too()
    {
        byte[] file = ZipBytes.Streamed(ZipBytes.Entries(_pipelineFile));

        Assert.Equal(Described(LoadChecked(_pipelineFile)), Described(LoadChecked(file)));
    }

    [Fact]
    public void A_file_of_version_1_is_loaded()
    {
        ITransformer model = _mlContext.Model.LoadChecked(Path.Combine(AppContext.BaseDirectory, "Golden", "version1.zip"), out DataViewSchema? schema);

        Assert.Equal(["Features", "Kind"], schema!.Select(column => column.Name));
        Assert.Equal(3, ((IEnumerable<ITransformer>)model).Count());
    }

    [Fact]
    public void A_model_that_was_saved_without_a_schema_has_none()
    {
        using var file = new MemoryStream();
        _mlContext.Model.SaveReproducibly(_network, null, file);

        _mlContext.Model.LoadChecked(new MemoryStream(file.ToArray()), out DataViewSchema? schema);

        Assert.Null(schema);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_cut_off_at_any_byte_is_refused(bool isCompressed)
    {
        byte[] file = isCompressed ? ZipBytes.Of(CompressionLevel.Optimal, ZipBytes.Entries(_pipelineFile)) : _pipelineFile;
        for (int length = 0; length < file.Length; length++)
            Refusal(() => LoadChecked(file[..length]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_changed_bit_anywhere_gives_the_same_pipeline_or_a_refusal(bool isCompressed)
    {
        byte[] file = isCompressed ? ZipBytes.Of(CompressionLevel.Optimal, ZipBytes.Entries(_pipelineFile)) : _pipelineFile;
        string expected = Described(LoadChecked(file));
        int refused = 0;
        for (int bit = 0; bit < file.Length * 8; bit++)
        {
            byte[] changed = WithBit(file, bit);
            if (IsRefused(() => LoadChecked(changed), out (ITransformer, DataViewSchema?) model))
                refused++;
            else
                Assert.Equal(expected, Described(model));
        }

        // A handful of fields say nothing of the content, such as the system that the file was written on.
        Assert.InRange(refused, file.Length * 8 * 9 / 10, file.Length * 8);
    }

    [Fact]
    public void A_changed_bit_in_the_content_is_refused_even_in_the_parts_of_ML_NET()
    {
        foreach ((string name, byte[] content) in ZipBytes.Entries(_pipelineFile))
        {
            int start = _pipelineFile.AsSpan().IndexOf(content);
            string refusal = Refusal(() => LoadChecked(WithBit(_pipelineFile, start * 8)));
            Assert.StartsWith($"The model file is damaged or no zip archive as ML.NET writes it: its entry '{name}' has the CRC-32 ", refusal, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_changed_bit_whose_checksum_was_made_right_gives_the_same_network_or_a_refusal()
    {
        byte[] expected = SavedBytes.Of(_network);
        (string Name, byte[] Content)[] entries = ZipBytes.Entries(_file);
        for (int i = 0; i < entries.Length; i++)
        {
            byte[] content = entries[i].Content;
            for (int bit = 0; bit < content.Length * 8; bit++)
            {
                entries[i].Content = WithBit(content, bit);
                byte[] changed = ZipBytes.Of(entries);
                if (!IsRefused(() => _mlContext.Model.LoadSigmoidMlp(new MemoryStream(changed)), out SigmoidMlpTransformer? network))
                    Assert.Equal(expected, SavedBytes.Of(network!));
            }

            entries[i].Content = content;
        }
    }

    [Fact]
    public void Other_steps_beside_a_network_are_refused()
    {
        string refusal = Refusal(() => _mlContext.Model.LoadSigmoidMlp(new MemoryStream(_pipelineFile)));

        Assert.Equal(
            "The model file is not a network of sigmoid neurons alone: its entry 'TransformerChain/Transform_000/Vocabulary/Model.key' belongs to another step.",
            refusal);
    }

    [Fact]
    public void Another_model_of_ML_NET_is_refused()
    {
        IDataView rows = Animals.Labelled(_mlContext);
        byte[] file = SaveReproducibly(_mlContext.Transforms.CopyColumns("Copy", "Features").Fit(rows));

        Assert.EndsWith("its entry 'TransformerChain/Model.key' is not a network of sigmoid neurons.", Refusal(() => _mlContext.Model.LoadSigmoidMlp(new MemoryStream(file))), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_zip_archive_is_refused()
    {
        Assert.Contains("it has 0 bytes", Refusal(() => LoadChecked([])), StringComparison.Ordinal);
        Assert.Contains("it does not end as a zip archive", Refusal(() => LoadChecked(new byte[1000])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_bomb_is_refused_before_it_takes_memory()
    {
        byte[] bomb = ZipBytes.Of(CompressionLevel.SmallestSize, ("TransformerChain/Model.key", new byte[100_000_000]));

        Assert.Contains("its content would be more than 100 times as long as the file", Refusal(() => LoadChecked(bomb)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_bomb_that_lies_about_its_size_is_refused_before_it_takes_memory()
    {
        byte[] bomb = ZipBytes.Of(CompressionLevel.SmallestSize, ("TransformerChain/Model.key", new byte[100_000_000]));
        int central = bomb.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        foreach (int field in new[] { 22, central + 24 })
            BinaryPrimitives.WriteInt32LittleEndian(bomb.AsSpan(field), 1000);

        Assert.Contains("bytes; expected 1000", Refusal(() => LoadChecked(bomb)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("/evil")]
    [InlineData("a\\..\\evil")]
    public void Entries_that_lead_out_of_the_archive_are_refused(string name) =>
        Assert.Contains("leads out of the archive", Refusal(() => LoadChecked(ZipBytes.Of((name, [])))), StringComparison.Ordinal);

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a/b", "a\\b")]
    public void Two_entries_of_one_name_are_refused(string first, string second) =>
        Assert.Contains("two of its entries have the name", Refusal(() => LoadChecked(ZipBytes.Of((first, [1]), (second, [2])))), StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_belong_to_no_entry_are_refused()
    {
        int directory = _file.AsSpan().IndexOf("PK\u0001\u0002"u8);

        Refusal(() => LoadChecked([0, .. _file]));
        Refusal(() => LoadChecked([.. _file, 0]));
        Refusal(() => LoadChecked([.. _file[..directory], 0, .. _file[directory..]]));
    }

    [Fact]
    public void The_refusal_of_a_file_names_it()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("model.zip", [1, 2, 3]);

        Assert.StartsWith(path, Refusal(() => _mlContext.Model.LoadChecked(path, out _)), StringComparison.Ordinal);
        Assert.StartsWith(path, Refusal(() => _mlContext.Model.LoadSigmoidMlp(path)), StringComparison.Ordinal);
    }

    private byte[] SaveReproducibly(ITransformer model)
    {
        using var file = new MemoryStream();
        _mlContext.Model.SaveReproducibly(model, _schema, file);
        return file.ToArray();
    }

    private (ITransformer Model, DataViewSchema? Schema) LoadChecked(byte[] file) =>
        (_mlContext.Model.LoadChecked(new MemoryStream(file), out DataViewSchema? schema), schema);

    // Two models are the same if they are saved as the same bytes.
    private string Described((ITransformer Model, DataViewSchema? Schema) loaded)
    {
        using var file = new MemoryStream();
        _mlContext.Model.SaveReproducibly(loaded.Model, loaded.Schema, file);
        return Convert.ToBase64String(file.ToArray());
    }

    private static string Refusal(Func<object> load)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<InvalidDataException>(load).Message;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, SomeMemory);
        return message;
    }

    private static bool IsRefused<T>(Func<T> load, out T? loaded)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            loaded = load();
            return false;
        }
        catch (InvalidDataException)
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, SomeMemory);
            loaded = default;
            return true;
        }
    }

    private static byte[] WithBit(byte[] bytes, int bit)
    {
        byte[] changed = [.. bytes];
        changed[bit / 8] ^= (byte)(1 << (bit % 8));
        return changed;
    }
}
