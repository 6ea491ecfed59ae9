using System.Globalization;

namespace NeuralDigits.Cli;

/// <summary>A published model as text: a line for each of its properties, its name first.</summary>
internal static class ModelReport
{
    private const int NameWidth = 12;

    public static void Write(TextWriter output, ModelDirectory model)
    {
        ModelManifest manifest = model.Manifest;
        (ManifestTraining training, ManifestMetrics metrics, ManifestProvenance origin) = (manifest.Training, manifest.Metrics, manifest.Provenance);
        Line("model", $"{manifest.Name} {manifest.Version}");
        Line("folder", $"{Path.GetFullPath(model.Folder)}");
        Line("network", $"[{string.Join(", ", manifest.Sizes)}], {manifest.Activation}, {model.Model.Network.ParameterCount} parameters");
        Line("labels", $"{string.Join(", ", manifest.Labels)}");
        Line("inputs", $"{manifest.InputScaling}");
        Line("training", $"{training.Epochs} epochs, mini-batch {training.MiniBatchSize}, learning rate {training.LearningRate}");
        Line("", $"{training.Cost} cost, {InitializationNames.Of(training.Initialization)} initialization, seed {training.Seed}");
        if (training.Augmentation != Augmentation.None)
            Line("", $"{AugmentationNames.Of(training.Augmentation)} augmentation");
        Line("test", $"accuracy {metrics.Accuracy:0.0000}  {metrics.Correct} / {metrics.Count}  cost {metrics.Cost:0.0000}");
        Line("data", $"{manifest.Data.Name}{(manifest.Data.Form is { } form ? $", {form.ToString().ToLowerInvariant()}" : "")}");
        WriteImages("training", manifest.Data.Training);
        WriteImages("validation", manifest.Data.Validation);
        WriteImages("test", manifest.Data.Test);
        ManifestGate gate = manifest.Gate;
        Line("gate", $"floor {gate.MinAccuracy?.ToString(CultureInfo.InvariantCulture) ?? "none"}, compared with {gate.Baseline ?? "no other version"}");
        foreach (string check in gate.FailedChecks)
            Line("", $"published by force: {check}");
        Line("made by", $"neuraldigits {origin.Tool} for {origin.Builder}");
        if (manifest.WrittenBy is { } publisher)
            Line("", $"published again by neuraldigits {publisher}");
        Line("", $"git commit {origin.GitCommit ?? "unknown"}{(origin.GitDirty == true ? " with changes" : "")}");
        Line("", $"{origin.Runtime}, SDK {origin.Sdk ?? "unknown"}");
        Line("", $"{origin.Machine.Architecture}, vectors of {origin.Machine.VectorBits} bits: {string.Join(", ", origin.Machine.InstructionSets)}");
        foreach (ManifestPackage package in origin.Packages)
            Line("", $"{package.Name} {package.Version}");
        Line("self-test", $"{manifest.SelfTest.Count} images");
        Line("files", $"{manifest.Files.Count}, {manifest.Files.Sum(file => file.Bytes)} bytes");
        foreach (ManifestFile file in manifest.Files)
            Line("", $"{file.Sha256}  {file.Bytes,9}  {file.Name}");

        void WriteImages(string set, ManifestImages images)
        {
            Line("", $"{set}: {images.Count} images");
            Line("", $"  SHA-256 of images {images.ImagesSha256 ?? "unknown"}");
            Line("", $"  SHA-256 of labels {images.LabelsSha256 ?? "unknown"}");
        }

        void Line(string name, FormattableString value) =>
            output.WriteLine($"{name.PadRight(NameWidth)}{value.ToString(CultureInfo.InvariantCulture)}".TrimEnd());
    }
}
