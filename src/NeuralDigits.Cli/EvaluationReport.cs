using System.Globalization;

namespace NeuralDigits.Cli;

/// <summary>An evaluation as text: the headline, then for each class its figures and what it was taken for.</summary>
internal static class EvaluationReport
{
    // Of the largest number of images that a column has room for.
    private const int NumberWidth = 5;

    public static void WriteHeadline(TextWriter output, EvaluationResult result) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"test accuracy {result.Accuracy:0.0000}  {result.Correct} / {result.Count}  cost {result.Cost:0.0000}"));

    public static void Write(TextWriter output, EvaluationResult result, IReadOnlyList<string> labels)
    {
        int width = Math.Max(NumberWidth, labels.Max(label => label.Length));
        output.WriteLine($"{"class".PadLeft(width)}  precision  recall      F1   taken for {string.Join(' ', labels.Select(label => label.PadLeft(NumberWidth)))}");
        for (int actual = 0; actual < result.ClassCount; actual++)
        {
            IEnumerable<string> taken = Enumerable.Range(0, result.ClassCount)
                .Select(predicted => result.Confusion(actual, predicted).ToString(CultureInfo.InvariantCulture).PadLeft(Math.Max(NumberWidth, labels[predicted].Length)));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{labels[actual].PadLeft(width)}     {result.Precision(actual),6:0.0000}  {result.Recall(actual),6:0.0000}  {result.F1(actual),6:0.0000}             {string.Join(' ', taken)}"));
        }

        WriteHeadline(output, result);
    }

    public static void WriteComparison(TextWriter output, EvaluationComparison comparison, IReadOnlyList<string> labels, string version)
    {
        int width = Math.Max(NumberWidth, labels.Max(label => label.Length));
        output.WriteLine($"{"class".PadLeft(width)}  recall  before  difference to version {version}");
        for (int label = 0; label < labels.Count; label++)
            Line(labels[label], comparison.Candidate.Recall(label), comparison.Baseline.Recall(label), comparison.RecallDifference(label));
        Line("all", comparison.Candidate.Accuracy, comparison.Baseline.Accuracy, comparison.AccuracyDifference);

        void Line(string name, double now, double before, double difference) => output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name.PadLeft(width)}  {now,6:0.0000}  {before,6:0.0000}  {difference:+0.0000;-0.0000;0.0000}"));
    }
}
