namespace NeuralDigits.Tests;

public sealed class PickledDataSetTests : IDisposable
{
    private static readonly DataSetFormat Small = new() { Rows = PickleBytes.Side, Columns = PickleBytes.Side };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_read_as_Python_2_and_3_write_it_gzipped_or_not()
    {
        byte[] python2 = PickleBytes.OfPython2(PickleBytes.Set(4), PickleBytes.Set(1), PickleBytes.Set(2));
        byte[] python3 = PickleBytes.OfPython3(PickleBytes.Set(4), PickleBytes.Set(1), PickleBytes.Set(2));
        foreach (byte[] file in new[] { python2, python3, IdxBytes.Gzip(python2), IdxBytes.Gzip(python3) })
        {
            DataSet data = Load(file);

            Assert.Equal(
                [255, 0, 253, 0, 251, 0, 249, 0, 247, 0, 245, 0, 243, 0, 241, 0], data.Training.Pixels.ToArray());
            Assert.Equal([255, 0, 253, 0], data.Validation.Pixels.ToArray());
            Assert.Equal([0, 1, 2, 3], data.Training.Labels.ToArray());
            Assert.Equal((1, 2, 10), (data.Validation.Count, data.Test.Count, data.Test.ClassCount));
            Assert.Equal(DataSplit.Last(1), data.Split);
            Assert.Equal("digits", data.Name);
        }
    }

    [Fact]
    public void Pixels_that_were_divided_by_255_become_the_same_bytes_as_those_that_were_divided_by_256()
    {
        float[] every = [.. Enumerable.Range(0, 256).Select(pixel => (float)pixel)];
        foreach (float divisor in new[] { 255f, 256f })
        {
            (float[] Pixels, long[] Labels) set = ([.. every.Select(pixel => pixel / divisor)], new long[64]);

            Assert.Equal(Enumerable.Range(0, 256).Select(pixel => (byte)pixel), Load(PickleBytes.OfPython2(set, set, set)).Test.Pixels.ToArray());
        }
    }

    [Theory]
    [InlineData(0.5f, "a whole number from 0 to 255, divided by 255 as those before it, found 0.5")]
    [InlineData(0.3f, "a whole number from 0 to 255, divided by 255 or 256, found 0.3")]
    [InlineData(0.003921569f, "found 0.003921569")]
    [InlineData(1.0000001f, "found 1.0000001")]
    [InlineData(-0.003921569f, "found -0.003921569")]
    [InlineData(255f, "found 255")]
    [InlineData(float.NaN, "found NaN")]
    [InlineData(float.PositiveInfinity, "found Infinity")]
    public void A_pixel_that_was_no_byte_is_refused_with_its_place(float value, string said)
    {
        // One bit beside 1/255; exactly 1/255 is sound.
        value = value == 0.003921569f ? MathF.BitIncrement(1 / 255f) : value;
        (float[] pixels, long[] labels) = PickleBytes.Set(2, 255);
        pixels[^1] = value;

        Refuse(PickleBytes.OfPython2((pixels, labels), (pixels, labels), (pixels, labels)), "training image 1, pixel 3: expected", said);
    }

    [NumpyFact(needsMnist: true)]
    public async Task The_book_s_file_made_of_MNIST_gives_the_images_the_split_the_name_and_the_checksums_of_MNIST()
    {
        const string program = """
            import gzip, os, pickle, sys, numpy
            def read(name, start):
                path = os.path.join(sys.argv[1], name)
                with (open(path, 'rb') if os.path.exists(path) else gzip.open(path + '.gz')) as file:
                    return numpy.frombuffer(file.read()[start:], numpy.uint8)
            def images(part): return read(part + '-images-idx3-ubyte', 16).reshape(-1, 784).astype(numpy.float32) / numpy.float32(256)
            def labels(part): return read(part + '-labels-idx1-ubyte', 8).astype(numpy.int64)
            x, y = images('train'), labels('train')
            sets = (x[:50000], y[:50000]), (x[50000:], y[50000:]), (images('t10k'), labels('t10k'))
            with open(sys.argv[2], 'wb') as file: pickle.dump(sets, file, 4)
            """;
        await NumpyFactAttribute.RunAsync(program, MnistFactAttribute.Folder, _folder["any.pkl"]);
        DataSet mnist = DataSet.Load(MnistFactAttribute.Folder);

        DataSet data = PickledDataSet.Load(_folder["any.pkl"]);

        Assert.Equal("mnist", data.Name);
        Assert.Equal(mnist.Split, data.Split);
        foreach ((LabelledImages expected, LabelledImages found) in
            new[] { (mnist.Training, data.Training), (mnist.Validation, data.Validation), (mnist.Test, data.Test) })
        {
            Assert.True(expected.Pixels.Span.SequenceEqual(found.Pixels.Span));
            Assert.True(expected.Labels.Span.SequenceEqual(found.Labels.Span));
            Assert.Equal((expected.ImagesSha256, expected.LabelsSha256), (found.ImagesSha256, found.LabelsSha256));
        }
    }

    [Fact]
    public void A_file_called_after_MNIST_does_not_make_other_images_MNIST()
    {
        string path = _folder.Write("mnist.pkl.gz", PickleBytes.OfPython2(PickleBytes.Set(4), PickleBytes.Set(1), PickleBytes.Set(2)));

        Assert.Equal("mnist-variant", PickledDataSet.Load(path, Small).Name);
    }

    [Fact]
    public void Checksums_are_those_of_the_IDX_files_that_would_hold_the_images()
    {
        byte[] images = [255, 0, 253, 0, 251, 0, 249, 0, 255, 0, 253, 0];
        DataSet data = Load(PickleBytes.OfPython2(PickleBytes.Set(2), PickleBytes.Set(1), PickleBytes.Set(1)));

        IdxArray written = IdxFile.ReadImages(_folder.Write("images", IdxBytes.Of([3, 2, 2], images)), Small);
        Assert.Equal(written.Sha256, data.Training.ImagesSha256);
        Assert.Equal(IdxFile.ReadLabels(_folder.Write("labels", IdxBytes.Of([3], [0, 1, 0])), Small).Sha256, data.Validation.LabelsSha256);
    }

    [Fact]
    public void Sets_of_another_form_are_refused()
    {
        (float[] Pixels, long[] Labels) set = PickleBytes.Set(2);
        Refuse(PickleBytes.OfPython2(set, set, (new float[10], new long[2])), "test images: expected an array f4[N, 4], found an array f4[2, 5]");
        Refuse(PickleBytes.OfPython2(set, (set.Pixels, [0, 10]), set), "validation label 1: expected a label from 0 to 9, found 10");
        Refuse(PickleBytes.OfPython2((set.Pixels, [-1, 0]), set, set), "training label 0: expected a label from 0 to 9, found -1");
        Refuse([0x80, 2, (byte)'N', (byte)'.'], "a tuple of three sets");
        Refuse([0x80, 2, (byte)'N', (byte)'N', (byte)'N', 0x87, (byte)'.'], "training set: expected a tuple of two arrays, images and labels, found None");
        Assert.Throws<ArgumentException>("format", () => PickledDataSet.Load(_folder["any"], new DataSetFormat { Rows = null }));
    }

    [Fact]
    public void A_pickle_is_told_from_other_files_by_its_start()
    {
        byte[] pickle = PickleBytes.OfPython2(PickleBytes.Set(1), PickleBytes.Set(1), PickleBytes.Set(1));

        Assert.True(PickledDataSet.IsPickle(_folder.Write("pickle", pickle)));
        Assert.True(PickledDataSet.IsPickle(_folder.Write("gzipped", IdxBytes.Gzip(pickle))));
        Assert.False(PickledDataSet.IsPickle(_folder.Write("idx", IdxBytes.Labels(1))));
        Assert.False(PickledDataSet.IsPickle(_folder.Write("short", [0x80])));
    }

    [NumpyFact]
    public async Task Every_protocol_from_2_on_is_read_as_real_Python_writes_it()
    {
        const string program = """
            import gzip, pickle, sys, numpy
            def images(n, first): return ((numpy.arange(n * 784) * 7 + first) % 256).astype(numpy.float32).reshape(n, 784) / numpy.float32(256)
            sets = tuple((images(n, n), numpy.arange(n, dtype=numpy.int64) % 10) for n in (300, 20, 30))
            for protocol in range(6):
                with open(f'{sys.argv[1]}/{protocol}.pkl', 'wb') as file: pickle.dump(sets, file, protocol)
            with gzip.open(f'{sys.argv[1]}/6.pkl', 'wb') as file: pickle.dump(sets, file, 2)
            sets[0][0].flags.writeable = False
            with open(f'{sys.argv[1]}/7.pkl', 'wb') as file: pickle.dump(sets, file, 5)
            """;
        await NumpyFactAttribute.RunAsync(program, _folder.Path);
        foreach (int protocol in new[] { 2, 3, 4, 5, 6, 7 })
        {
            DataSet data = PickledDataSet.Load(_folder[$"{protocol}.pkl"]);

            Assert.Equal((300, 20, 30), (data.Training.Count, data.Validation.Count, data.Test.Count));
            Assert.Equal(Enumerable.Range(0, 300 * 784).Select(i => (byte)((i * 7) + 300)), data.Training.Pixels.ToArray());
            Assert.Equal(Enumerable.Range(0, 30 * 784).Select(i => (byte)((i * 7) + 30)), data.Test.Pixels.ToArray());
            Assert.Equal(Enumerable.Range(0, 20).Select(i => (byte)(i % 10)), data.Validation.Labels.ToArray());
        }

        foreach (int protocol in new[] { 0, 1 })
            Assert.Contains("Save it with protocol=2", Assert.Throws<InvalidDataException>(() => PickledDataSet.Load(_folder[$"{protocol}.pkl"])).Message);
    }

    [NumpyFact]
    public async Task What_else_real_Python_writes_is_refused_with_what_to_do()
    {
        const string program = """
            import pickle, sys, numpy, collections
            pixels, labels = numpy.zeros((2, 784), numpy.float32), numpy.zeros(2, numpy.int64)
            def save(name, *sets):
                for protocol in (2, 5):
                    with open(f'{sys.argv[1]}/{name}{protocol}', 'wb') as file: pickle.dump(sets if len(sets) > 1 else sets[0], file, protocol)
            def thrice(pixels, labels): return ((pixels, labels),) * 3
            save('list', list(thrice(pixels, labels)))
            save('dict', dict(train=pixels))
            save('double', *thrice(pixels.astype(numpy.float64), labels))
            save('bytes', *thrice(pixels.astype(numpy.uint8), labels))
            save('big', *thrice(pixels.astype('>f4'), labels))
            save('object', *thrice(pixels.astype(object), labels))
            save('columns', *thrice(numpy.asfortranarray(pixels), labels))
            save('counter', collections.Counter())
            save('none', *thrice(numpy.zeros((0, 784), numpy.float32), labels))
            """;
        await NumpyFactAttribute.RunAsync(program, _folder.Path);
        (string Name, string[] Said)[] refusals =
        [
            ("list", ["EMPTY_LIST"]),
            ("dict", ["EMPTY_DICT"]),
            ("double", ["found 'f8'", "astype(numpy.float32)"]),
            ("bytes", ["found 'u1'", "astype(numpy.float32)"]),
            ("big", ["little-endian", "found '>'"]),
            ("object", ["found 'O8'"]),
            ("columns", ["row-major", "numpy.ascontiguousarray"]),
            ("counter", ["the global collections.Counter", "was not executed"]),
            ("none", ["expected"]),
        ];
        foreach ((string name, string[] said) in refusals)
        {
            foreach (int protocol in new[] { 2, 5 })
            {
                string message = Assert.Throws<InvalidDataException>(() => PickledDataSet.Load(_folder[$"{name}{protocol}"])).Message;
                Assert.All(said, words => Assert.Contains(words, message, StringComparison.Ordinal));
            }
        }
    }

    private DataSet Load(byte[] file) => PickledDataSet.Load(_folder.Write("digits.pkl.gz", file), Small);

    private void Refuse(byte[] file, params string[] said)
    {
        string message = Assert.Throws<InvalidDataException>(() => Load(file)).Message;
        Assert.All(said, words => Assert.Contains(words, message, StringComparison.Ordinal));
    }
}
