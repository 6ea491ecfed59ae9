using System.Globalization;
using System.IO.Hashing;

namespace NeuralDigits.Cli;

/// <summary>Warns of data that nothing can be learnt from, or whose figures would say too much.</summary>
internal static class DataWarnings
{
    /// <summary>Writes the warnings; none of data sets that are known, or that the tool draws.</summary>
    /// <param name="data">The data.</param>
    /// <param name="error">Where to.</param>
    public static void Write(DataSet data, TextWriter error)
    {
        if (data.Generator is not null || DataCatalog.Find(data.Name) is not null)
            return;
        LabelledImages training = data.Training;
        if (training.Labels.Span.IndexOfAnyExcept(training.Labels.Span[0]) < 0)
            Warn($"all {training.Count:N0} training images are of the class {training.ClassNames[training.Labels.Span[0]]}: there is nothing to tell apart.");
        HashSet<UInt128> learnt = [.. Hashes(training)];
        if (learnt.Count == 1)
            Warn($"all {training.Count:N0} training images are the same, pixel for pixel: there is nothing to learn from them.");
        WarnOfCopies("test", data.Test);
        WarnOfCopies("validation", data.Validation);

        void WarnOfCopies(string set, LabelledImages images)
        {
            int copies = Hashes(images).Count(learnt.Contains);
            if (copies > 0)
                Warn($"{copies:N0} of the {images.Count:N0} {set} images are among the training images, pixel for pixel: the {set} accuracy is partly that of images learnt.");
        }

        void Warn(FormattableString text) => error.WriteLine($"warning: {text.ToString(CultureInfo.InvariantCulture)}");
    }

    private static IEnumerable<UInt128> Hashes(LabelledImages images) =>
        Enumerable.Range(0, images.Count).Select(image => XxHash128.HashToUInt128(images.Image(image)));
}
