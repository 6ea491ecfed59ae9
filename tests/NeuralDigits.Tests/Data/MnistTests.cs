using System.Security.Cryptography;

namespace NeuralDigits.Tests;

public class MnistTests
{
    [MnistFact]
    public void MNIST_is_loaded_in_its_known_numbers_and_recognised_by_its_checksums()
    {
        DataSet data = DataSet.Load(MnistFactAttribute.Folder);

        Assert.Equal("mnist", data.Name);
        Assert.Equal((50_000, 10_000, 10_000), (data.Training.Count, data.Validation.Count, data.Test.Count));
        Assert.Equal((28, 28, 10), (data.Test.Rows, data.Test.Columns, data.Test.ClassCount));
        Assert.Equal(DataCatalog.Mnist.TrainingImages.UncompressedSha256, data.Validation.ImagesSha256);
        Assert.Equal(DataCatalog.Mnist.TestLabels.UncompressedSha256, data.Test.LabelsSha256);
    }

    [MnistFact]
    public void The_first_labels_and_the_number_of_each_digit_are_those_of_MNIST()
    {
        DataSet data = DataSet.Load(MnistFactAttribute.Folder);

        Assert.Equal([5, 0, 4, 1, 9, 2, 1, 3, 1, 4], data.Training.Labels[..10].ToArray());
        Assert.Equal([7, 2, 1, 0, 4, 1, 4, 9, 5, 9], data.Test.Labels[..10].ToArray());
        Assert.Equal(
            [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
            data.Test.Labels.ToArray().CountBy(label => label).OrderBy(count => count.Key).Select(count => count.Value));
    }

    [MnistFact]
    public void Unpacked_files_give_the_same_data_set_and_one_changed_pixel_costs_its_name()
    {
        using var folder = new TemporaryFolder();
        DataSet data = DataSet.Load(MnistFactAttribute.Folder);
        byte[] pixels = [.. data.Training.Pixels.Span, .. data.Validation.Pixels.Span];
        byte[] labels = [.. data.Training.Labels.Span, .. data.Validation.Labels.Span];
        folder.Write("train-images-idx3-ubyte", IdxBytes.Of([60_000, 28, 28], pixels));
        folder.Write("train-labels-idx1-ubyte", IdxBytes.Of([60_000], labels));
        byte[] testImages = IdxBytes.Of([10_000, 28, 28], data.Test.Pixels.Span);
        folder.Write("t10k-images-idx3-ubyte", testImages);
        folder.Write("t10k-labels-idx1-ubyte", IdxBytes.Of([10_000], data.Test.Labels.Span));

        DataSet unpacked = DataSet.Load(folder.Path);

        Assert.Equal("mnist", unpacked.Name);
        Assert.True(unpacked.Training.Pixels.Span.SequenceEqual(data.Training.Pixels.Span));

        testImages[^1]++;
        folder.Write("t10k-images-idx3-ubyte", testImages);
        Assert.NotEqual("mnist", DataSet.Load(folder.Path).Name);
    }

    [MnistFact]
    public void The_gzipped_files_are_the_ones_of_the_catalog()
    {
        foreach (CatalogFile file in DataCatalog.Mnist.Files.Where(file => File.Exists(Path.Combine(MnistFactAttribute.Folder, file.Name))))
        {
            byte[] content = File.ReadAllBytes(Path.Combine(MnistFactAttribute.Folder, file.Name));
            Assert.Equal(file.Length, content.Length);
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(content)));
        }
    }
}
