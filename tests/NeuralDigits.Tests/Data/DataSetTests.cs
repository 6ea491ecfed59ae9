namespace NeuralDigits.Tests;

public class DataSetTests
{
    [Fact]
    public void The_last_sixth_of_the_training_files_rounded_down_is_the_validation_set()
    {
        using var folder = new TemporaryFolder();
        DataSet data = DataSet.Load(TinyDataSet.Write(folder, "tiny"));
        byte[] images = TinyDataSet.Plain[0].Content;

        Assert.Equal((12, 2, 4), (data.Training.Count, data.Validation.Count, data.Test.Count));
        Assert.Equal(images[16..(16 + 784)], data.Training.Image(0).ToArray());
        Assert.Equal(images[^784..], data.Validation.Image(1).ToArray());
        Assert.Equal([2, 3], data.Validation.Labels.ToArray());
        Assert.Equal(TinyDataSet.Plain[2].Content[^784..], data.Test.Image(3).ToArray());
        Assert.Equal(TinyDataSet.Entry().TestImages.UncompressedSha256, data.Test.ImagesSha256);
    }

    [Fact]
    public void Files_are_found_gzipped_or_spelled_with_a_dot()
    {
        using var folder = new TemporaryFolder();
        DataSet plain = DataSet.Load(TinyDataSet.Write(folder, "plain"));
        foreach ((string name, byte[] content) in TinyDataSet.Plain)
        {
            string dotted = name.Replace("-idx", ".idx", StringComparison.Ordinal);
            folder.Write("gzipped/" + name + ".gz", IdxBytes.Gzip(content));
            folder.Write("dotted/" + dotted, content);
            folder.Write("both/" + dotted + ".gz", IdxBytes.Gzip(content));
        }

        foreach (string variant in (string[])["gzipped", "dotted", "both"])
        {
            DataSet data = DataSet.Load(folder[variant]);
            Assert.Equal(variant, data.Name);
            Assert.Equal(plain.Training.ImagesSha256, data.Training.ImagesSha256);
            Assert.Equal(plain.Test.LabelsSha256, data.Test.LabelsSha256);
        }
    }

    [Fact]
    public void Missing_files_are_named_all_at_once()
    {
        using var folder = new TemporaryFolder();
        string path = TinyDataSet.Write(folder, "tiny");
        File.Delete(folder["tiny/train-labels-idx1-ubyte"]);
        File.Delete(folder["tiny/t10k-images-idx3-ubyte"]);

        string message = Assert.Throws<FileNotFoundException>(() => DataSet.Load(path)).Message;

        Assert.Contains($"'{path}' lacks train-labels-idx1-ubyte, t10k-images-idx3-ubyte. ", message);
        Assert.Contains("the four files", message);
    }

    [Fact]
    public void A_missing_folder_and_a_file_in_its_place_are_told_apart()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("file", [1]);

        Assert.Contains("is missing", Assert.Throws<DirectoryNotFoundException>(() => DataSet.Load(folder["absent"])).Message);
        Assert.Contains("is a file", Assert.Throws<DirectoryNotFoundException>(() => DataSet.Load(file)).Message);
    }

    [Fact]
    public void Training_and_test_files_mixed_up_are_refused_before_the_images_are_read()
    {
        using var folder = new TemporaryFolder();
        string path = TinyDataSet.Write(folder, "tiny");
        folder.Write("tiny/train-labels-idx1-ubyte", TinyDataSet.Plain[3].Content);

        string message = Assert.Throws<InvalidDataException>(() => DataSet.Load(path)).Message;

        Assert.StartsWith(folder["tiny/train-images-idx3-ubyte"] + ", offset 4: expected 4 images, one for each label of ", message);
        Assert.EndsWith("found 14. Were a training file and a test file mixed up?", message);
    }

    [Fact]
    public void A_malformed_test_file_is_refused_as_a_training_file_is()
    {
        using var folder = new TemporaryFolder();
        string path = TinyDataSet.Write(folder, "tiny");
        string file = folder.Write("tiny/t10k-images-idx3-ubyte", IdxBytes.Images(4).AsSpan(0, 100));

        Assert.StartsWith(file, Assert.Throws<InvalidDataException>(() => DataSet.Load(path)).Message);
    }

    [Fact]
    public void Test_images_of_another_size_than_the_training_images_are_refused()
    {
        using var folder = new TemporaryFolder();
        string path = TinyDataSet.Write(folder, "tiny");
        folder.Write("tiny/t10k-images-idx3-ubyte", IdxBytes.Images(4, rows: 16, columns: 16));

        var anySize = new DataSetFormat { Rows = null, Columns = null };

        string message = Assert.Throws<InvalidDataException>(() => DataSet.Load(path, anySize)).Message;

        Assert.Contains("images of 28 x 28 pixels", message);
        Assert.Contains("found 16 x 16", message);
    }

    [Fact]
    public void Too_few_images_to_set_a_sixth_aside_are_refused()
    {
        using var folder = new TemporaryFolder();
        string path = TinyDataSet.Write(folder, "tiny");
        folder.Write("tiny/train-images-idx3-ubyte", IdxBytes.Images(5));
        folder.Write("tiny/train-labels-idx1-ubyte", IdxBytes.Labels(5));

        Assert.Contains("at least 6 images", Assert.Throws<InvalidDataException>(() => DataSet.Load(path)).Message);
    }

    [Theory]
    [InlineData("tiny", "tiny")]
    [InlineData("My Digits (2026)", "my-digits-2026")]
    [InlineData("v1.2_final", "v1.2-final")]
    [InlineData("--Ziffern--äöü", "ziffern")]
    [InlineData("数字", "unnamed")]
    public void A_data_set_is_named_after_its_folder_in_plain_characters(string folderName, string name)
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(name, DataSet.Load(TinyDataSet.Write(folder, folderName)).Name);
        Assert.Equal(name, DataSet.Load(folder[folderName] + Path.DirectorySeparatorChar).Name);
    }

    [Fact]
    public void A_folder_called_mnist_does_not_make_other_data_MNIST()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal("mnist-variant", DataSet.Load(TinyDataSet.Write(folder, "MNIST")).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("Mnist")]
    [InlineData("mnist\n")]
    public void A_name_that_could_not_be_a_folder_everywhere_is_refused(string name)
    {
        var images = new LabelledImages(new byte[4], new byte[1], 2, 2);

        Assert.Throws<ArgumentException>(() => new DataSet(name, images, images, images));
    }

    [Fact]
    public void Sets_whose_classes_have_different_names_are_refused()
    {
        var cats = new LabelledImages(new byte[1], new byte[1], 1, 1, classCount: 2, ["cat", "dog"]);
        var dogs = new LabelledImages(new byte[1], new byte[1], 1, 1, classCount: 2, ["dog", "cat"]);

        var e = Assert.Throws<ArgumentException>(() => new DataSet("animals", cats, cats, dogs));

        Assert.Contains("The classes cat, dog are expected, as in the training set, but these are dog, cat.", e.Message);
    }

    [Fact]
    public void Sets_of_different_kinds_are_refused()
    {
        var images = new LabelledImages(new byte[4], new byte[1], 2, 2);
        var wider = new LabelledImages(new byte[4], new byte[1], 1, 4);
        var moreClasses = new LabelledImages(new byte[4], new byte[1], 2, 2, classCount: 11);

        Assert.Throws<ArgumentException>("validation", () => new DataSet("x", images, wider, images));
        Assert.Throws<ArgumentException>("test", () => new DataSet("x", images, images, moreClasses));
    }
}
