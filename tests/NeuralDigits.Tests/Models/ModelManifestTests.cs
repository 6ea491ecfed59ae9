using System.Text;

namespace NeuralDigits.Tests;

/// <summary>What a manifest says, and what one of an older schema leaves unsaid.</summary>
public class ModelManifestTests
{
    [Fact]
    public void A_manifest_of_schema_version_1_says_nothing_of_the_split_and_stays_as_it_is()
    {
        ModelManifest manifest = TinyModel.Create().Manifest;
        ModelManifest old = manifest with { SchemaVersion = 1, Data = manifest.Data with { Split = null } };
        byte[] json = ModelJson.Lines(old, IndentedModelJson.Default.ModelManifest);

        Assert.DoesNotContain("split", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
        Assert.Null(ManifestReader.Read("manifest.json", json).Data.Split);
        Assert.Equal(json, ModelJson.Lines(ManifestReader.Read("manifest.json", json), IndentedModelJson.Default.ModelManifest));
    }

    [Theory]
    [InlineData(Augmentation.None, null)]
    [InlineData(Augmentation.Affine, "\"augmentation\": \"affine\"")]
    public void A_manifest_says_how_training_images_were_changed_and_nothing_if_they_were_not(Augmentation augmentation, string? expected)
    {
        ModelManifest manifest = TinyModel.Create().Manifest;
        byte[] json = ModelJson.Lines(
            manifest with { Training = manifest.Training with { Augmentation = augmentation } }, IndentedModelJson.Default.ModelManifest);

        Assert.Contains(expected ?? "", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
        Assert.Equal(expected is not null, Encoding.UTF8.GetString(json).Contains("augmentation", StringComparison.Ordinal));
        Assert.Equal(augmentation, ManifestReader.Read("manifest.json", json).Training.Augmentation);
    }

    [Fact]
    public void A_manifest_of_schema_version_2_is_read_as_one_without_augmentation()
    {
        byte[] json = ModelJson.Lines(TinyModel.Create().Manifest with { SchemaVersion = 2 }, IndentedModelJson.Default.ModelManifest);

        Assert.Equal(Augmentation.None, ManifestReader.Read("manifest.json", json).Training.Augmentation);
        Assert.Equal(json, ModelJson.Lines(ManifestReader.Read("manifest.json", json), IndentedModelJson.Default.ModelManifest));
    }
}
