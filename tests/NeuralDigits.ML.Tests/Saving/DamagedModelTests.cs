using System.IO.Compression;
using Microsoft.ML;

namespace NeuralDigits.ML.Tests;

public sealed class DamagedModelTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly SigmoidMlpTransformer _transformer;
    private readonly byte[] _saved;

    public DamagedModelTests()
    {
        _transformer = Animals.Trainer(_mlContext, epochs: 1).Fit(Animals.Labelled(_mlContext));
        _saved = SavedBytes.Of(_transformer);
    }

    [Fact]
    public void A_saved_transformer_cut_off_at_any_byte_is_refused()
    {
        for (int length = 0; length < _saved.Length; length++)
            Assert.Contains("damaged", Refusal(_saved[..length]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_bit_anywhere_is_refused()
    {
        for (int bit = 0; bit < _saved.Length * 8; bit++)
            Refusal(WithBit(_saved, bit));
    }

    [Fact]
    public void Content_with_a_changed_bit_is_refused_or_read_even_if_its_checksum_is_right()
    {
        byte[] content = SavedBytes.ContentOf(_saved);
        for (int bit = 0; bit < content.Length * 8; bit++)
        {
            byte[] changed = SavedBytes.Sealed(WithBit(content, bit));
            long before = GC.GetAllocatedBytesForCurrentThread();
            if (Record.Exception(() => SavedBytes.Read(changed)) is { } exception)
                Assert.IsType<InvalidDataException>(exception);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        }
    }

    [Fact]
    public void A_model_file_cut_off_at_any_byte_is_never_loaded()
    {
        byte[] file = ModelFileOf(_transformer);
        for (int length = 0; length < file.Length; length++)
            Assert.ThrowsAny<Exception>(() => EstimatorCheck.Load(_mlContext, file[..length]));
    }

    /// <summary>The rest of the file is ML.NET's own, which has no checksum and reads what it finds.</summary>
    [Fact]
    public void A_changed_bit_in_any_byte_of_our_part_of_a_model_file_is_refused_by_ML_NET_too()
    {
        byte[] file = ModelFileOf(_transformer);
        int start = file.AsSpan().IndexOf(_saved);
        for (int position = start; position < start + _saved.Length; position++)
        {
            var refused = Assert.ThrowsAny<Exception>(() => EstimatorCheck.Load(_mlContext, WithBit(file, (position * 8) + (position % 8))));
            Assert.IsType<InvalidDataException>(refused.InnerException);
        }
    }

    [Fact]
    public void Content_cut_off_at_any_byte_is_refused_even_if_its_checksum_is_right()
    {
        byte[] content = SavedBytes.ContentOf(_saved);
        for (int length = 0; length < content.Length; length++)
            Refusal(SavedBytes.Sealed(content[..length]));
    }

    [Fact]
    public void Content_with_something_after_it_is_refused_even_if_its_checksum_is_right() =>
        Refusal(SavedBytes.Sealed([.. SavedBytes.ContentOf(_saved), 0]));

    [Fact]
    public void A_newer_version_is_refused_as_such() =>
        Assert.Equal(
            "The saved sigmoid network is of version 2; this version of NeuralDigits.ML reads up to 1. Use a newer one.",
            Refusal(SavedBytes.Sealed([1, 2, 3], version: 2)));

    [Fact]
    public void A_length_beyond_the_file_is_refused_before_memory_is_taken()
    {
        byte[] changed = [.. _saved];
        changed[7] = 0x7F;

        long before = GC.GetAllocatedBytesForCurrentThread();
        string refusal = Refusal(changed);

        Assert.Contains("it should go on for", refusal, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Labels_that_are_not_those_of_the_network_are_refused_even_if_the_checksum_is_right()
    {
        byte[] content = SavedBytes.ContentOf(_saved);
        int label = content.AsSpan().IndexOf("\u0003owl"u8);
        content[label + 1] = (byte)'a';

        Assert.Contains("its labels are not those of its network", Refusal(SavedBytes.Sealed(content)), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_an_unknown_type_are_refused()
    {
        byte[] content = SavedBytes.ContentOf(_saved);
        content[content.AsSpan().IndexOf("\u0001\u0003\0\0\0\u0003cat"u8)] = 99;

        Assert.Contains("labels of type 99", Refusal(SavedBytes.Sealed(content)), StringComparison.Ordinal);
    }

    [Fact]
    public void ML_NET_passes_the_reason_on()
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Animals.Rows());
        byte[] file = EstimatorCheck.Save(_mlContext, Animals.Pipeline(_mlContext, epochs: 1).Fit(rows), rows.Schema);

        byte[] changed = ChangeOneBitOfOurEntry(file);

        Exception? exception = Assert.ThrowsAny<Exception>(() => EstimatorCheck.Load(_mlContext, changed));
        while (exception is not (null or InvalidDataException))
            exception = exception.InnerException;
        Assert.StartsWith("The saved sigmoid network is damaged: its SHA-256 should be ", exception?.Message, StringComparison.Ordinal);
    }

    private static string Refusal(byte[] saved) => Assert.Throws<InvalidDataException>(() => SavedBytes.Read(saved)).Message;

    private static byte[] WithBit(byte[] bytes, int bit)
    {
        byte[] changed = [.. bytes];
        changed[bit / 8] ^= (byte)(1 << (bit % 8));
        return changed;
    }

    private byte[] ModelFileOf(SigmoidMlpTransformer transformer)
    {
        using var stream = new MemoryStream();
        _mlContext.Model.SaveReproducibly(transformer, Animals.Labelled(_mlContext).Schema, stream);
        return stream.ToArray();
    }

    private static byte[] ChangeOneBitOfOurEntry(byte[] modelFile)
    {
        using var buffer = new MemoryStream();
        buffer.Write(modelFile);
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Update, leaveOpen: true))
        {
            ZipArchiveEntry entry = zip.Entries.Single(
                entry => entry.FullName.Replace('\\', '/').EndsWith("Transform_001/Model.key", StringComparison.Ordinal));
            using Stream stream = entry.Open();
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            bytes[bytes.AsSpan().IndexOf("layer1.weight"u8)] ^= 1;
            stream.Position = 0;
            stream.Write(bytes);
        }

        return buffer.ToArray();
    }
}
