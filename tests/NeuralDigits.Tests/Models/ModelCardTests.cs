using System.Globalization;
using System.Text;
using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace NeuralDigits.Tests;

/// <summary>The card says what the other files say.</summary>
public sealed class ModelCardTests
{
    private static readonly ModelContent Content = TinyModel.Create();

    [Fact]
    public void The_front_matter_is_what_the_Hub_expects()
    {
        YamlMappingNode front = FrontMatter(Card(Content));

        Assert.Equal("mit", Text(front["license"]));
        Assert.Equal("neuraldigits", Text(front["library_name"]));
        Assert.Equal("image-classification", Text(front["pipeline_tag"]));
        Assert.Contains("safetensors", ((YamlSequenceNode)front["tags"]).Select(Text));
        Assert.Equal(["accuracy", "f1"], ((YamlSequenceNode)front["metrics"]).Select(Text));
        Assert.False(front.Children.ContainsKey("datasets"));
    }

    [Fact]
    public void The_model_index_has_the_figures_of_the_metrics_to_the_last_digit()
    {
        ClassMetrics[] classes = [new("none", 1, 2.0 / 3, 0.8), new("some", 0.5, 1, 2.0 / 3)];
        var metrics = new ModelMetrics(2.0 / 3, 2, 3, Cost: 0.1, classes, [[1, 1], [0, 1]]);
        YamlNode model = Assert.Single((YamlSequenceNode)FrontMatter(ModelCard.Write(Content.Manifest, metrics))["model-index"]);
        YamlNode result = Assert.Single((YamlSequenceNode)model["results"]);

        Assert.Equal("tiny", Text(model["name"]));
        Assert.Equal("image-classification", Text(result["task"]["type"]));
        YamlNode data = result["dataset"];
        Assert.Equal(("tiny", "tiny", "test"), (Text(data["name"]), Text(data["type"]), Text(data["split"])));
        Assert.Equal([("accuracy", 2.0 / 3), ("f1", (0.8 + 2.0 / 3) / 2)], Figures(result));
    }

    [Fact]
    public void The_model_index_of_a_published_model_has_the_accuracy_of_metrics_json()
    {
        using JsonDocument metrics = JsonDocument.Parse(Content.Files["metrics.json"]);
        YamlNode model = Assert.Single((YamlSequenceNode)FrontMatter(Card(Content))["model-index"]);
        (string type, double value) = Figures(Assert.Single((YamlSequenceNode)model["results"]))[0];
        Assert.Equal(("accuracy", metrics.RootElement.GetProperty("accuracy").GetDouble()), (type, value));
    }

    [Fact]
    public void Without_a_figure_for_each_class_there_is_no_mean_of_them()
    {
        ClassMetrics[] classes = [new("none", 1, 1, 1), new("some", null, null, null)];
        string card = ModelCard.Write(Content.Manifest, new ModelMetrics(1, 2, 2, Cost: 0.1, classes, [[2, 0], [0, 0]]));
        YamlNode model = Assert.Single((YamlSequenceNode)FrontMatter(card)["model-index"]);
        Assert.Equal(["accuracy"], ((YamlSequenceNode)FrontMatter(card)["metrics"]).Select(Text));
        Assert.Equal([("accuracy", 1.0)], Figures(Assert.Single((YamlSequenceNode)model["results"])));
        Assert.Contains("\n| some | - | - | - |\n", card, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tables_show_the_metrics_class_by_class()
    {
        string card = Card(Content);
        ModelMetrics metrics = ModelMetrics.Read(Content.Files);
        for (int label = 0; label < 2; label++)
        {
            ClassMetrics figures = metrics.Classes[label];
            Assert.Contains($"\n| {figures.Label} | {Share(figures.Precision)} | {Share(figures.Recall)} | {Share(figures.F1)} |\n", card, StringComparison.Ordinal);
            Assert.Contains($"\n| **{figures.Label}** | {string.Join(" | ", metrics.ConfusionMatrix[label])} |\n", card, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_command_that_makes_the_model_again_has_all_options()
    {
        Assert.Contains(
            "\nneuraldigits train --data FOLDER --validation 4 --model-name tiny --model-version 1.0.0 --hidden 3 --epochs 2 --mini-batch 10 --learning-rate 3 " +
            "--initialization scaled --seed 1 --output again\n",
            Card(Content), StringComparison.Ordinal);
        Assert.Contains($"built from commit `{new string('c', 40)}`, on any machine", Card(Content), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Augmentation.Shift, "shift", "moved by up to a pixel")]
    [InlineData(Augmentation.Affine, "affine", "turned, stretched, slanted and moved a little")]
    [InlineData(Augmentation.Elastic, "elastic", "distorted elastically")]
    public void How_training_images_were_changed_is_in_the_table_and_in_the_command(Augmentation augmentation, string name, string words)
    {
        ManifestTraining training = Content.Manifest.Training with { Augmentation = augmentation };
        string card = ModelCard.Write(Content.Manifest with { Training = training }, ModelMetrics.Read(Content.Files));

        Assert.Contains($"\n| seed | 1 |\n| augmentation | {name}: before each epoch, training images were {words} |\n\n", card, StringComparison.Ordinal);
        Assert.Contains($" --initialization scaled --augment {name} --seed 1 --output again\n", card, StringComparison.Ordinal);
        Assert.DoesNotContain("augment", Card(Content), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_command_needs_a_folder_the_card_says_which_and_else_nothing_of_it()
    {
        const string sentence = " FOLDER holds the files with the SHA-256 above; `verify` takes it, too. ";
        Assert.Contains(sentence, Card(Content), StringComparison.Ordinal);
        ManifestData drawn = Content.Manifest.Data with { Generator = new DataGenerator { Name = "digits-synthetic", Version = 1, Seed = 5 } };
        Assert.DoesNotContain("FOLDER", ModelCard.Write(Content.Manifest with { Data = drawn }, ModelMetrics.Read(Content.Files)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DataSplitMethod.Last, null, "| watching the training |", "--data FOLDER --model-name")]
    [InlineData(DataSplitMethod.Random, 7, "| watching the training; drawn at random by seed 7 |", "--data FOLDER --validation 4 --model-name")]
    [InlineData(
        DataSplitMethod.Stratified, 7, "| watching the training; drawn at random by seed 7, of each class the same share |",
        "--data FOLDER --validation 4 --stratified --model-name")]
    public void The_card_says_how_the_images_to_validate_with_were_chosen(DataSplitMethod method, int? seed, string words, string options)
    {
        ManifestData data = Content.Manifest.Data with { Split = new ManifestSplit { Method = method, Seed = seed } };
        string card = ModelCard.Write(Content.Manifest with { Data = data }, ModelMetrics.Read(Content.Files));
        Assert.Contains(words, card, StringComparison.Ordinal);
        Assert.Contains(options, card, StringComparison.Ordinal);
    }

    [Fact]
    public void A_data_set_of_the_catalog_comes_with_its_licence_if_its_hashes_are_right()
    {
        CatalogEntry mnist = DataCatalog.Mnist;
        ManifestImages training = Images(mnist.TrainingImages, mnist.TrainingLabels);
        var data = new ManifestData { Name = "mnist", Training = training, Validation = training, Test = Images(mnist.TestImages, mnist.TestLabels) };
        string card = ModelCard.Write(Content.Manifest with { Data = data }, ModelMetrics.Read(Content.Files));
        Assert.Contains($"{mnist.Title}, licence CC-BY-SA-3.0", card, StringComparison.Ordinal);
        Assert.Contains("\nneuraldigits train --data mnist --model-name tiny ", card, StringComparison.Ordinal);
        Assert.Equal(["ylecun/mnist"], ((YamlSequenceNode)FrontMatter(card)["datasets"]).Select(Text));

        ManifestData other = data with { Test = training };
        Assert.Contains("its licence is not known here", ModelCard.Write(Content.Manifest with { Data = other }, ModelMetrics.Read(Content.Files)), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_drawn_digits_the_card_says_who_drew_them_and_that_nobody_wrote_them()
    {
        ManifestData data = Content.Manifest.Data with { Generator = new DataGenerator { Name = "digits-synthetic", Version = 1, Seed = 5 } };
        string card = ModelCard.Write(Content.Manifest with { Data = data }, ModelMetrics.Read(Content.Files));
        Assert.Matches(@"generator `digits-synthetic`, version\s1, seed 5\. Own work, licence MIT\. Nobody wrote them", card);
        Assert.Contains("\nneuraldigits train --data synthetic --validation 4 --model-name tiny ", card, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DataForm.Pictures, "--data FOLDER ", " FOLDER holds the pictures by class, whose images have the SHA-256 above", "some of the same pictures; drawn at random by seed 7, of each class the same share.")]
    [InlineData(DataForm.Pickle, "--data FILE ", " FILE is the pickle whose images and labels have the SHA-256 above", "licence is not known here.")]
    public void Pictures_and_pickles_are_called_so_in_the_card_and_the_manifest(DataForm form, string command, string explained, string described)
    {
        ManifestSplit? split = form == DataForm.Pictures ? new ManifestSplit { Method = DataSplitMethod.Stratified, Seed = 7 } : null;
        ModelManifest manifest = Content.Manifest with { Data = Content.Manifest.Data with { Form = form, TestSplit = split } };
        string card = ModelCard.Write(manifest, ModelMetrics.Read(Content.Files));
        byte[] json = ModelJson.Lines(manifest, IndentedModelJson.Default.ModelManifest);

        Assert.Contains($"neuraldigits train {command}", card, StringComparison.Ordinal);
        Assert.Contains(explained, card, StringComparison.Ordinal);
        Assert.Contains(described, card, StringComparison.Ordinal);
        Assert.Contains($"\"form\": \"{form.ToString().ToLowerInvariant()}\"", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
        Assert.Equal(manifest.Data, ManifestReader.Read("manifest.json", json).Data);
    }

    [Fact]
    public void Sources_with_changes_and_unknown_sources_are_called_so()
    {
        ManifestProvenance origin = Content.Manifest.Provenance;
        Assert.Contains("with changes that are not in it", CardOf(origin with { GitDirty = true }), StringComparison.Ordinal);
        Assert.Contains("of unknown source", CardOf(origin with { GitCommit = null, GitDirty = null }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_card_does_not_depend_on_the_machine()
    {
        var machine = new ManifestMachine { Architecture = "Arm64", VectorBits = 128, InstructionSets = ["AdvSimd"] };
        Assert.Equal(Card(Content), CardOf(Content.Manifest.Provenance with { Machine = machine }));
    }

    [Fact]
    public void Under_another_version_the_card_is_of_that_version()
    {
        Assert.Contains("\n# tiny 2.0.0\n", Card(Content.As("tiny", "2.0.0", "1.0.0")), StringComparison.Ordinal);
        Assert.Equal(TinyModel.Create(version: "2.0.0").Files, Content.As("tiny", "2.0.0", "1.0.0").Files);
    }

    [Fact]
    public void Lines_end_in_the_same_way_everywhere() => Assert.DoesNotContain('\r', Card(Content));

    private static (string Type, double Value)[] Figures(YamlNode result) =>
        [.. ((YamlSequenceNode)result["metrics"]).Select(metric => (Text(metric["type"]), double.Parse(Text(metric["value"]), CultureInfo.InvariantCulture)))];

    private static string CardOf(ManifestProvenance origin) => ModelCard.Write(Content.Manifest with { Provenance = origin }, ModelMetrics.Read(Content.Files));

    private static ManifestImages Images(CatalogFile images, CatalogFile labels) =>
        new() { Count = 1, ImagesSha256 = images.UncompressedSha256, LabelsSha256 = labels.UncompressedSha256 };

    private static string Card(ModelContent content) => Encoding.UTF8.GetString(content.Files["MODEL_CARD.md"]);

    private static YamlMappingNode FrontMatter(string card)
    {
        Assert.StartsWith("---\n", card, StringComparison.Ordinal);
        var yaml = new YamlStream();
        yaml.Load(new StringReader(card[4..card.IndexOf("\n---\n", StringComparison.Ordinal)]));
        return (YamlMappingNode)Assert.Single(yaml.Documents).RootNode;
    }

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static string Share(double? value) => value is { } share ? FormattableString.Invariant($"{share:0.0000}") : "-";
}
