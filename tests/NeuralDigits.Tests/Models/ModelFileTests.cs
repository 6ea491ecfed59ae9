using System.Buffers.Binary;
using System.Globalization;
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
            {"__metadata__":{"format":"neuraldigits","format_version":"1","sizes":"2,1","activation":"sigmoid","labels":"[\u0022only\u0022]","input_scaling":"none"},
            "layer1.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"layer1.bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}
            """.ReplaceLineEndings(""),
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
    [InlineData("[1,2]", "[9999999999,9999999999]", "too large")]
    [InlineData("\"format\":", "\"format\":\"x\",\"format\":", "given twice")]
    [InlineData("\"neuraldigits\"", "\"other\"", "expected 'neuraldigits'")]
    [InlineData("\\u0022only\\u0022", "7", "array of texts")]
    [InlineData("{\"__", "[\"__", "start with '{'")]
    [InlineData("}}", "}}}", "valid JSON")]
    public void A_header_that_lies_is_refused_in_words(string from, string to, string expected)
    {
        var error = Assert.Throws<InvalidDataException>(() => ModelFile.Read(WithHeader(Tiny(), header => header.Replace(from, to, StringComparison.Ordinal))));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_that_are_not_finite_are_refused()
    {
        byte[] file = Tiny();
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(file.Length - 4), float.NaN);
        var error = Assert.Throws<InvalidDataException>(() => ModelFile.Read(file));
        Assert.Contains("'layer1.bias' holds NaN as value 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_must_fit_the_network_and_differ()
    {
        var network = new Network([new Layer(1, 2, [1, 1], [0, 0])]);
        Assert.Throws<ArgumentException>(() => new Model(network, ["one"], Model.NoScaling));
        Assert.Throws<ArgumentException>(() => new Model(network, ["same", "same"], Model.NoScaling));
        Assert.Throws<ArgumentException>(() => new Model(network, ["a", "b"], "pixel / 256"));
    }

    private static byte[] Tiny() => ModelFile.Write(new Model(new Network([new Layer(2, 1, [0.5f, -2], [3])]), ["only"], Model.NoScaling));

    private static byte[] WithHeader(byte[] file, Func<string, string> change)
    {
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        byte[] header = Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(file, 8, length)));
        var changed = new byte[8 + header.Length + file.Length - 8 - length];
        BinaryPrimitives.WriteInt64LittleEndian(changed, header.Length);
        header.CopyTo(changed, 8);
        file.AsSpan(8 + length).CopyTo(changed.AsSpan(8 + header.Length));
        return changed;
    }

    private static string[] Labels(Network network) =>
        [.. Enumerable.Range(0, network.OutputCount).Select(label => label.ToString(CultureInfo.InvariantCulture))];
}
