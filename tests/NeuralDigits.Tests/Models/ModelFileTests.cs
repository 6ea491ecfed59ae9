using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsCheck;

namespace NeuralDigits.Tests;

public class ModelFileTests
{
    [Fact]
    public void A_model_reads_back_bit_for_bit() => RandomNetwork.Gen.Sample(network =>
    {
        var model = new Model(network, Labels(network), Model.PixelScaling);
        Model read = ModelFile.Read(ModelFile.Write(model));
        Assert.Equal(Parameters.Flatten(network), Parameters.Flatten(read.Network));
        Assert.Equal(network.Sizes, read.Network.Sizes);
        Assert.Equal(model.Labels, read.Labels);
        Assert.Equal(Model.PixelScaling, read.InputScaling);
    });

    /// <summary>The layout that any safetensors library expects: length, JSON header, then float32 values, weights as [outputs, inputs].</summary>
    [Fact]
    public void The_file_is_laid_out_as_the_published_format_says()
    {
        var model = new Model(new Network([new Layer(2, 1, [0.5f, -2], [3])]), ["only"], Model.NoScaling);
        byte[] file = ModelFile.Write(model);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        Assert.Equal(0, length % 8);
        Assert.Equal(
            """
            {"__metadata__":{"format":"neuraldigits","format_version":"1","sizes":"2,1","activation":"sigmoid","labels":"[\u0022only\u0022]","input_scaling":"none","sha256":"CHECKSUM"},
            "layer1.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"layer1.bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}
            """.ReplaceLineEndings("").Replace("CHECKSUM", Convert.ToHexStringLower(SHA256.HashData(SafetensorsBytes.WithoutChecksum(file))), StringComparison.Ordinal),
            Encoding.UTF8.GetString(file, 8, length).TrimEnd(' '));
        Assert.Equal([0.5f, -2f, 3f], Enumerable.Range(0, 3).Select(i => BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(8 + length + (4 * i)))));
    }

    [Fact]
    public void A_model_cut_off_at_any_byte_is_refused()
    {
        byte[] file = Tiny();
        for (int length = 0; length < file.Length; length++)
            Assert.Throws<InvalidDataException>(() => ModelFile.Read(file.AsSpan(0, length)));
        Assert.Throws<InvalidDataException>(() => ModelFile.Read([.. file, 0]));
    }

    [Theory]
    [InlineData("\"F32\"", "\"F64\"", "dtype 'F64'")]
    [InlineData("[1,2]", "[2,1]", "shape")]
    [InlineData("[0,8]", "[0,4]", "data_offsets")]
    [InlineData("[8,12]", "[4,8]", "starts at 4")]
    [InlineData("layer1.bias", "layer2.bias", "'layer1.bias' is missing")]
    [InlineData("layer1.bias", "layer1.weight", "given twice")]
    [InlineData("\"sigmoid\"", "\"softmax\"", "expected 'sigmoid'")]
    [InlineData("\"format_version\":\"1\"", "\"format_version\":\"2\"", "Use a newer one")]
    [InlineData("\"sizes\":\"2,1\"", "\"sizes\":\"2\"", "sizes are '2'")]
    [InlineData("\"sizes\":\"2,1\"", "\"sizes\":\"2,1,1\"", "need 4")]
    [InlineData("[8,12]", "[8,1e400]", "whole numbers")]
    [InlineData("[8,12]", "[8.0,12]", "whole numbers")]
    [InlineData("[8,12]", "[-8,12]", "whole numbers")]
    [InlineData("[0,8]", "[-0,8]", "whole numbers")]
    [InlineData("[0,8]", "[0,8,8]", "two data_offsets")]
    [InlineData("[8,12]", "[12,16]", "starts at 12")]
    [InlineData("[1]", "[1,1,1,1,1,1,1,1,1]", "more than 8 numbers")]
    [InlineData("\"F32\"", "[[[[[[[[[[1]]]]]]]]]]", "a dtype that is not a text")]
    [InlineData("\"dtype\"", "\"type\"", "has no use for it")]
    [InlineData("\"sizes\":\"2,1\"", "\"sizes\":\"2,0\"", "sizes are '2,0'")]
    [InlineData("\"sizes\":\"2,1\"", "\"sizes\":\"2,4294967297\"", "sizes are '2,4294967297'")]
    [InlineData("\"sizes\":\"2,1\"", "\"sizes\":{}", "is metadata but not a text")]
    [InlineData("only\\u0022", "only\\u0022,\\u0022more\\u0022", "1 outputs, but there are 2 labels")]
    [InlineData("\"none\"", "\"pixel / 256\"", "input scaling is 'pixel / 256'")]
    [InlineData("[1,2]", "[9999999999,9999999999]", "too large")]
    [InlineData("\"format\":", "\"format\":\"x\",\"format\":", "given twice")]
    [InlineData("\"neuraldigits\"", "\"other\"", "expected 'neuraldigits'")]
    [InlineData("\\u0022only\\u0022", "7", "array of texts")]
    [InlineData("{\"__", "[\"__", "start with '{'")]
    [InlineData("}}", "}}}", "valid JSON")]
    public void A_header_that_lies_is_refused_in_words(string from, string to, string expected)
    {
        var error = Assert.Throws<InvalidDataException>(() => ModelFile.Read(SafetensorsBytes.WithHeader(Tiny(), header => header.Replace(from, to, StringComparison.Ordinal))));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(100_000_001)]
    [InlineData(long.MaxValue)]
    [InlineData(100_000_000)]
    public void A_header_of_no_length_or_beyond_the_file_is_refused_before_memory_is_taken(long length)
    {
        byte[] file = Tiny();
        BinaryPrimitives.WriteInt64LittleEndian(file, length);
        Assert.Contains($"the header length at offset 0 is {length}", RefusalWithoutMemory(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1,2]", "[2147483647,1]", "takes 8589934588 bytes")]
    [InlineData("[0,8]", "[0,9223372036854775807]", "takes 8 bytes")]
    [InlineData("\"sizes\":\"2,1\"", "\"sizes\":\"2147483647,2147483647\"", "expected [2147483647, 2147483647]")]
    public void A_size_beyond_the_file_is_refused_before_memory_is_taken(string from, string to, string expected) =>
        Assert.Contains(
            expected,
            RefusalWithoutMemory(SafetensorsBytes.WithHeader(Tiny(), header => header.Replace(from, to, StringComparison.Ordinal))),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("dtype")]
    [InlineData("only")]
    [InlineData("layer1.bias")]
    public void A_header_that_is_not_UTF_8_is_refused(string where)
    {
        byte[] file = Tiny();
        file[file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(where))] = 0xFF;
        Assert.Contains("not valid UTF-8", Assert.Throws<InvalidDataException>(() => ModelFile.Read(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Parameters_that_are_not_finite_are_refused(float value)
    {
        byte[] file = Tiny();
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(file.Length - 4), value);
        var error = Assert.Throws<InvalidDataException>(() => ModelFile.Read(file));
        Assert.Contains($"'layer1.bias' holds {value} as value 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_whose_sum_is_not_finite_are_refused()
    {
        byte[] file = ModelFile.Write(new Model(new Network([new Layer(2, 1, [3e38f, 3e38f], [0])]), ["only"], Model.NoScaling));
        var error = Assert.Throws<InvalidDataException>(() => ModelFile.Read(file));
        Assert.Contains("neuron 1 in layer 1 are too large", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_bit_anywhere_is_refused_or_changes_nothing()
    {
        byte[] file = Tiny();
        int harmless = 0;
        for (int bit = 0; bit < file.Length * 8; bit++)
        {
            byte[] changed = [.. file];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            if (Record.Exception(() => Assert.Equal(file, ModelFile.Write(ModelFile.Read(changed)))) is { } exception)
                Assert.IsType<InvalidDataException>(exception);
            else
                harmless++;
        }

        // The name of the checksum, and white space.
        Assert.InRange(harmless, 1, 100);
    }

    [Fact]
    public void Another_value_is_told_by_the_checksum()
    {
        byte[] file = Tiny();
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(file.Length - 4), 4);
        var error = Assert.Throws<InvalidDataException>(() => ModelFile.Read(file));
        Assert.Contains("the file is damaged: its SHA-256 should be", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_program_needs_no_checksum()
    {
        byte[] file = Tiny();
        Model read = ModelFile.Read(SafetensorsBytes.WithoutChecksum(file));
        Assert.Equal(file, ModelFile.Write(read));
    }

    [Fact]
    public void A_message_is_short_however_long_the_name_it_quotes()
    {
        byte[] file = SafetensorsBytes.WithHeader(Tiny(), header => header.Replace("layer1.bias", new string('x', 100_000), StringComparison.Ordinal));
        Assert.InRange(Assert.Throws<InvalidDataException>(() => ModelFile.Read(file)).Message.Length, 10, 300);
    }

    [Fact]
    public void Labels_must_fit_the_network_and_differ()
    {
        var network = new Network([new Layer(1, 2, [1, 1], [0, 0])]);
        Assert.Throws<ArgumentException>(() => new Model(network, ["one"], Model.NoScaling));
        Assert.Throws<ArgumentException>(() => new Model(network, ["same", "same"], Model.NoScaling));
        Assert.Throws<ArgumentException>(() => new Model(network, ["a", "b"], "pixel / 256"));
        byte[] file = SafetensorsBytes.WithHeader(
            ModelFile.Write(new Model(network, ["a", "b"], Model.NoScaling)), header => header.Replace("b\\u0022", "a\\u0022", StringComparison.Ordinal));
        Assert.Contains("The label 'a' occurs more than once", Assert.Throws<InvalidDataException>(() => ModelFile.Read(file)).Message, StringComparison.Ordinal);
    }

    private static byte[] Tiny() => ModelFile.Write(new Model(new Network([new Layer(2, 1, [0.5f, -2], [3])]), ["only"], Model.NoScaling));

    private static string RefusalWithoutMemory(byte[] file)
    {
        Assert.Throws<InvalidDataException>(() => ModelFile.Read(file));
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InvalidDataException>(() => ModelFile.Read(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
        return error.Message;
    }

    private static string[] Labels(Network network) =>
        [.. Enumerable.Range(0, network.OutputCount).Select(label => label.ToString(CultureInfo.InvariantCulture))];
}
