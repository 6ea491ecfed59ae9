using System.Text;

namespace NeuralDigits.Tests;

/// <summary>Pickles made to do harm, and pickles that came to harm.</summary>
[Trait("Category", "Slow")]
public sealed class HostilePickleTests : IDisposable
{
    private static readonly DataSetFormat Small = new() { Rows = PickleBytes.Side, Columns = PickleBytes.Side };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_operation_but_those_of_arrays_is_refused_by_its_name()
    {
        var names = new Dictionary<char, string> { ['i'] = "INST", ['o'] = "OBJ", ['P'] = "PERSID", ['\u0081'] = "NEWOBJ", ['\u0082'] = "EXT1", ['}'] = "EMPTY_DICT" };
        int refused = 0;
        for (int code = 0; code < 256; code++)
        {
            if (Enum.IsDefined((PickleOperation)code) && (PickleOperation)code != PickleOperation.Proto)
                continue;
            string name = names.GetValueOrDefault((char)code, $"0x{code:X2}");
            Refuse([0x80, 2, (byte)code], "offset 2: expected an operation that pickles of arrays have, found", name);
            refused++;
        }

        Assert.Equal(256 - 32, refused);
    }

    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("__builtin__", "eval")]
    [InlineData("numpy", "load")]
    [InlineData("numpy.core.multiarray", "scalar")]
    [InlineData("_codecs", "decode")]
    public void Every_name_but_those_of_arrays_is_refused_by_itself(string module, string name)
    {
        byte[] call = [(byte)'U', 4, .. "true"u8, 0x85, (byte)'R', (byte)'.'];
        byte[] global = [0x80, 2, .. Encoding.ASCII.GetBytes($"c{module}\n{name}\n"), .. call];
        byte[] onStack =
            [0x80, 4, 0x8C, (byte)module.Length, .. Encoding.ASCII.GetBytes(module), 0x8C, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), 0x93, .. call];

        Refuse(global, $"found the global {module}.{name}", "was not executed");
        Refuse(onStack, $"found the global {module}.{name}", "was not executed");
    }

    [Theory]
    [InlineData("cnumpy\nndarray\nK\u0000\u0085R.", "one of numpy.ndarray with a tuple of 1")]
    [InlineData("cnumpy\ndtype\nU\u0002O8K\u0000K\u0001\u0087R.", "found 'O8'")]
    [InlineData("cnumpy\ndtype\nU\u0002f4K\u0001K\u0001\u0087R.", "a call as NumPy writes it")]
    [InlineData("c_codecs\nencode\nX\u0001\u0000\u0000\u0000aX\u0005\u0000\u0000\u0000utf-8\u0086R.", "one of _codecs.encode")]
    [InlineData("c_codecs\nencode\nX\u0003\u0000\u0000\u0000\u00E2\u0082\u00ACX\u0006\u0000\u0000\u0000latin1\u0086R.", "letters from U+0000 to U+00FF")]
    [InlineData("c_codecs\nencode\nX\u0001\u0000\u0000\u0000\u00C3X\u0006\u0000\u0000\u0000latin1\u0086R.", "text in UTF-8")]
    [InlineData("K\u0001K\u0002\u0086R.", "2 values on the stack, found 1")]
    [InlineData("K\u0001K\u0002R.", "one of the number 1")]
    [InlineData("NNb.", "the state of an array or a type of numbers, once, found None for None")]
    [InlineData("(K\u0001\u0086.", "2 values on the stack, found 1")]
    [InlineData("t.", "a mark on the stack, found none")]
    [InlineData("(.", "one value at the end, found 0 values, 1 marks")]
    [InlineData("NN.", "one value at the end, found 2 values")]
    [InlineData("h\u0007.", "a value that was remembered, found number 7")]
    [InlineData("q\u0007.", "a value on the stack, found none")]
    [InlineData("NK\u0001\u0093.", "the names of a module and of something in it, found None and the number 1")]
    [InlineData("\u008A\u0009123456789.", "a whole number of at most 8 bytes, found one of 9")]
    [InlineData("cos\u0001\nsystem\n.", "found 0x01 behind 'os'")]
    [InlineData("N.N", "the end of the file behind the pickle, found 1 bytes more")]
    public void An_operation_out_of_place_is_refused(string operations, string said) =>
        Refuse([0x80, 2, .. Encoding.Latin1.GetBytes(operations)], said);

    [Theory]
    [InlineData("T\u00FF\u00FF\u00FF\u007F", "2147483647 bytes")]
    [InlineData("X\u00FF\u00FF\u00FF\u00FF", "4294967295 bytes")]
    [InlineData("\u008E\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0080", "9223372036854775808 bytes")]
    [InlineData("\u0096\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF", "18446744073709551615 bytes")]
    [InlineData("\u0095\u0000\u0000\u0000\u0000\u0000\u0001\u0000\u0000", "a frame within the file")]
    public void A_length_beyond_the_file_takes_no_memory(string operations, string said) =>
        Refuse([0x80, 2, .. Encoding.Latin1.GetBytes(operations), .. "and a few more"u8], said);

    [Fact]
    public void A_gzipped_file_that_claims_two_gigabytes_takes_no_memory() =>
        Refuse(IdxBytes.GzipClaiming(2_000_000_000, [0x80, 2, (byte)'T', 0, 0x94, 0x35, 0x77, 1, 2, 3]), "2000000000 declared");

    [Fact]
    public void A_bomb_of_references_and_one_of_operations_are_stopped()
    {
        // Tuples of tuples of tuples: 2^9000 values if one looked at them all.
        byte[] doubling = [.. Enumerable.Repeat<byte[]>([(byte)'q', 0, (byte)'h', 0, 0x86], 3000).SelectMany(bytes => bytes)];
        byte[] call = Encoding.Latin1.GetBytes("c_codecs\nencode\nq\u0001h\u0000X\u0006\u0000\u0000\u0000latin1\u0086R");
        byte[] encodings = [.. Enumerable.Repeat(call, 100).SelectMany(bytes => bytes)];

        Refuse([0x80, 2, (byte)'N', .. doubling, (byte)'.'], "a tuple of three sets");
        Refuse([0x80, 2, .. Enumerable.Repeat((byte)'N', 20_000), (byte)'.'], "at most 10000 operations");
        Refuse([0x80, 2, (byte)'X', 0, 0x20, 0, 0, .. new byte[0x2000], (byte)'q', 0, .. encodings, (byte)'.'], "texts of at most");
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        foreach (byte[] file in Files())
        {
            for (int length = 1; length < file.Length; length++)
                Refuse(file[..length]);
        }
    }

    [Fact]
    public void A_flipped_bit_is_refused_or_changes_a_value_and_no_more()
    {
        foreach (byte[] file in Files())
        {
            DataSet sound = Load(file);
            int read = 0;
            for (int bit = 0; bit < file.Length * 8; bit++)
            {
                byte[] flipped = [.. file];
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                try
                {
                    DataSet data = Load(flipped);
                    Assert.Equal((sound.Training.Count, sound.Validation.Count, sound.Test.Count), (data.Training.Count, data.Validation.Count, data.Test.Count));
                    read++;
                }
                catch (InvalidDataException)
                {
                    // As it should be.
                }
            }

            Assert.InRange(read, 1, file.Length);
        }
    }

    private static IEnumerable<byte[]> Files()
    {
        byte[] python2 = PickleBytes.OfPython2(PickleBytes.Set(2), PickleBytes.Set(1), PickleBytes.Set(1));
        return [python2, PickleBytes.OfPython3(PickleBytes.Set(2), PickleBytes.Set(1), PickleBytes.Set(1)), IdxBytes.Gzip(python2)];
    }

    private DataSet Load(byte[] file) => PickledDataSet.Load(_folder.Write("file", file), Small);

    private void Refuse(byte[] file, params string[] said)
    {
        string path = _folder.Write("file", file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<InvalidDataException>(() => PickledDataSet.Load(path, Small)).Message;
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.StartsWith(path + ", ", message, StringComparison.Ordinal);
        Assert.All(said, words => Assert.Contains(words, message, StringComparison.Ordinal));
        Assert.True(taken < 3 << 20, $"{taken} bytes were taken for a file to be refused.");
    }
}
