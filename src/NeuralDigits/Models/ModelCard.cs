using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NeuralDigits;

/// <summary>
/// The model card, <c>MODEL_CARD.md</c>: for a reader what the manifest is for a program, with the front matter of the Hugging Face Hub.
/// </summary>
/// <remarks>
/// The front matter follows https://huggingface.co/docs/hub/model-cards. The same manifest gives the same card; it says nothing of the machine
/// and the time.
/// </remarks>
internal static class ModelCard
{
    private const string Licence = "mit";

    /// <summary>The text of the card.</summary>
    /// <param name="manifest">The manifest; its list of files is not needed.</param>
    /// <param name="metrics">The evaluation on the test set.</param>
    public static string Write(ModelManifest manifest, ModelMetrics metrics)
    {
        CatalogEntry? data = DataCatalog.Find(manifest.Data.Name) is { } entry && IsOf(manifest.Data, entry) ? entry : null;
        string[] parts =
        [
            FrontMatter(manifest, metrics, data),
            Introduction(manifest),
            Data(manifest.Data, data),
            Training(manifest),
            Figures(metrics),
            Limits(manifest, metrics),
            ModelCardUsage.Write(manifest),
            Reproduction(manifest, data),
        ];

        // Raw strings have the line ends of the source file, which may have been checked out with others.
        return string.Join('\n', parts).ReplaceLineEndings("\n");
    }

    private static bool IsOf(ManifestData data, CatalogEntry entry) =>
        entry.Matches(data.Training.ImagesSha256, data.Training.LabelsSha256, data.Test.ImagesSha256, data.Test.LabelsSha256);

    private static string FrontMatter(ModelManifest manifest, ModelMetrics metrics, CatalogEntry? data)
    {
        string name = Quoted(manifest.Name);
        string dataName = Quoted(manifest.Data.Name);
        string hubName = data?.HubName is { } known ? Quoted(known) : dataName;
        string datasets = data?.HubName is null ? "" : $"\ndatasets:\n- {hubName}";
        string f1Name = MacroF1(metrics) is null ? "" : "\n- f1";
        string f1 = MacroF1(metrics) is { } value ? Text($"\n    - type: f1\n      name: Macro F1\n      value: {value}") : "";
        return Text($"""
            ---
            license: {Licence}
            library_name: neuraldigits
            pipeline_tag: image-classification
            tags:
            - mlp
            - sigmoid
            - ml.net
            - onnx
            - safetensors{datasets}
            metrics:
            - accuracy{f1Name}
            model-index:
            - name: {name}
              results:
              - task:
                  type: image-classification
                dataset:
                  name: {dataName}
                  type: {hubName}
                  split: test
                metrics:
                - type: accuracy
                  name: Accuracy
                  value: {metrics.Accuracy}{f1}
            ---

            """);
    }

    private static string Introduction(ModelManifest manifest)
    {
        string forced = !manifest.Gate.Forced ? "" : Text($"""

            > **Published by force.** Checks that failed: {string.Join(" ", manifest.Gate.FailedChecks)}

            """);
        return Text($"""
            # {manifest.Name} {manifest.Version}
            {forced}
            A multilayer perceptron of sigmoid neurons that tells images of {manifest.Labels.Count} classes apart: {Words(manifest.Labels)}. It
            was trained by [stochastic gradient descent](http://neuralnetworksanddeeplearning.com/chap1.html) with neuraldigits
            {manifest.Provenance.Tool}, and comes in several forms that give the same answers.

            **Meant for** learning how a neural network works, for comparison with other methods, and for images made like those it was
            trained on. **Not meant for** decisions about people, cheques or anything else where a misread digit does harm.

            | input | {manifest.Sizes[0]} numbers, row by row; {InputWords(manifest)} |
            |---|---|
            | output | {manifest.Labels.Count} scores from 0 to 1 that sum to 1; the largest is the answer |

            """);
    }

    private static string Data(ManifestData data, CatalogEntry? entry)
    {
        string description = data.Generator is { } generator ? Text($"""
            Digits that neuraldigits drew itself, from its own descriptions of how people write them: generator `{generator.Name}`, version
            {generator.Version}, seed {generator.Seed}. Own work, licence MIT. Nobody wrote them: the figures below are of drawn digits, and say
            nothing of handwriting.
            """)
            : entry is null ? $"`{data.Name}`, a data set of its user's own; its licence is not known here.{FormWords(data)}"
            : $"{entry.Title}, licence {entry.Licence} (as of {entry.LicenceSource}).";
        return Text($"""
            ## Data

            {description}

            | part | images | used for | SHA-256 of the IDX file of images | of labels |
            |---|---|---|---|---|
            | training | {data.Training.Count} | learning | {Hash(data.Training.ImagesSha256)} | {Hash(data.Training.LabelsSha256)} |
            | validation | {data.Validation.Count} | watching the training{SplitWords(data.Split)} | {Hash(data.Validation.ImagesSha256)} | {Hash(data.Validation.LabelsSha256)} |
            | test | {data.Test.Count} | the figures below | {Hash(data.Test.ImagesSha256)} | {Hash(data.Test.LabelsSha256)} |

            """);
    }

    private static string FormWords(ManifestData data)
    {
        if (data.Form is not DataForm.Pictures)
            return "";
        string drawn = data.TestSplit is { } split ? $" The test images are some of the same pictures{SplitWords(split)}." : "";
        return $"\nPictures by class, made images as MNIST's are; the checksums are of the IDX files that `neuraldigits data convert` makes of them.{drawn}";
    }

    private static string SplitWords(ManifestSplit? split) => split switch
    {
        { Method: DataSplitMethod.Random } => $"; drawn at random by seed {split.Seed}",
        { Method: DataSplitMethod.Stratified } => $"; drawn at random by seed {split.Seed}, of each class the same share",
        _ => "",
    };

    private static string Training(ModelManifest manifest)
    {
        ManifestTraining training = manifest.Training;
        string augmentation = training.Augmentation == Augmentation.None ? "" : Text($"""

            | augmentation | {AugmentationNames.Of(training.Augmentation)}: {AugmentationWords(training.Augmentation)} |
            """);
        return Text($"""
            ## Network and training

            | layers | {string.Join(" - ", manifest.Sizes)}, {manifest.Activation} |
            |---|---|
            | parameters | {NetworkInitializer.ParameterCount(manifest.Sizes)} |
            | cost | {training.Cost} |
            | initialization | {InitializationNames.Of(training.Initialization)} |
            | epochs | {training.Epochs} |
            | mini-batch | {training.MiniBatchSize} |
            | learning rate | {training.LearningRate} |
            | seed | {training.Seed} |{augmentation}

            """);
    }

    private static string AugmentationWords(Augmentation augmentation) => "before each epoch, training images were " + augmentation switch
    {
        Augmentation.Shift => "moved by up to a pixel",
        Augmentation.Affine => "turned, stretched, slanted and moved a little",
        _ => "distorted elastically",
    };

    private static string Figures(ModelMetrics metrics)
    {
        var text = new StringBuilder(Text($"""
            ## Figures

            On the test set: **accuracy {metrics.Accuracy:0.0000}** ({metrics.Correct} of {metrics.Count}), mean cost {metrics.Cost:0.0000}.

            | class | precision | recall | F1 |
            |---|---|---|---|

            """).ReplaceLineEndings("\n"));
        foreach (ClassMetrics figures in metrics.Classes)
            text.Append(Text($"| {Cell(figures.Label)} | {Share(figures.Precision)} | {Share(figures.Recall)} | {Share(figures.F1)} |\n"));
        text.Append(Text($"\nConfusion matrix: how many images of the row's class were taken for the column's.\n\n"));
        text.Append(Text($"| | {string.Join(" | ", metrics.Classes.Select(figures => Cell(figures.Label)))} |\n"));
        text.Append(Text($"|---|{string.Concat(Enumerable.Repeat("---:|", metrics.Classes.Count))}\n"));
        foreach ((ClassMetrics actual, IReadOnlyList<int> row) in metrics.Classes.Zip(metrics.ConfusionMatrix))
            text.Append(Text($"| **{Cell(actual.Label)}** | {string.Join(" | ", row)} |\n"));
        return text.ToString();
    }

    private static string Limits(ModelManifest manifest, ModelMetrics metrics) => Text($"""
        ## Limits

        - It takes {metrics.Count - metrics.Correct} of the {metrics.Count} test images for another class. On images from elsewhere it
          does worse: these must be prepared as those of `{manifest.Data.Name}` were, in size, place, stroke and polarity.
        - It knows {manifest.Labels.Count} classes and no others: of an image that shows something else it says one of them, too.
        - Its scores are no probabilities: they are outputs of sigmoid neurons, divided by their sum, and were not calibrated.
        - It is a fully connected network. A shifted or turned image is another image to it.

        """);

    private static string Reproduction(ModelManifest manifest, CatalogEntry? data)
    {
        ManifestProvenance origin = manifest.Provenance;
        string source = origin.GitCommit is not { } commit ? "of unknown source"
            : origin.GitDirty == true ? $"built from commit `{commit}` with changes that are not in it"
            : $"built from commit `{commit}`";
        (string named, string what) = ModelCardUsage.DataArgument(manifest.Data, data);
        string explained = what.Length == 0 ? "" : $" {what} the SHA-256 above; `verify` takes it, too.";
        return Text($"""
            ## Reproducing it

            With neuraldigits {origin.Tool}, {source}, on any machine and any number of threads:

            ```
            {ModelCardUsage.TrainCommand(manifest, named)}
            ```

            gives `model.safetensors`, `metrics.json` and `history.jsonl` with the same bytes.{explained} `neuraldigits verify DIRECTORY --retrain`
            trains again, too, and compares `model.safetensors`. `sha256sum -c SHA256SUMS` checks that the files are those that were published;
            `provenance.intoto.json` and `sbom.cdx.json` say what they were made from, by whom and with what.

            """);
    }

    private static string InputWords(ModelManifest manifest) => manifest.InputScaling == Model.PixelScaling
        ? "each a pixel divided by 255, 0 for background and 1 for full ink"
        : "the features as they were in training";

    private static string Words(IReadOnlyList<string> labels) => string.Join(", ", labels.Select(Cell));

    private static double? MacroF1(ModelMetrics metrics) =>
        metrics.Classes.All(figures => figures.F1 is not null) ? metrics.Classes.Average(figures => figures.F1) : null;

    private static string Share(double? value) => value is { } share ? Text($"{share:0.0000}") : "-";

    private static string Hash(string? hash) => hash is null ? "unknown" : $"`{hash}`";

    // JSON's texts are YAML's as well.
    private static string Quoted(string text) => JsonSerializer.Serialize(text, ModelJson.Default.String);

    // A label may be any text: none is to break the table.
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
