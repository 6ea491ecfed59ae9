using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace NeuralDigits.ML;

/// <summary>The examples of a training.</summary>
/// <param name="Training">What the network learns from.</param>
/// <param name="Validation">What it is evaluated on after each epoch; null for nothing.</param>
internal sealed record TrainingSets(ExampleSet Training, ExampleSet? Validation)
{
    /// <summary>The examples of two data views.</summary>
    /// <exception cref="InvalidDataException">The rows cannot be trained with.</exception>
    public static TrainingSets Read(
        (IDataView Data, TrainingColumns Columns) training,
        (IDataView Data, TrainingColumns Columns) validation,
        IChannel log,
        CancellationToken cancellation)
    {
        ExampleSet trainingSet = ExampleReader.ReadSet(training.Data, training.Columns, "training", log, cancellation);
        ExampleSet validationSet = ExampleReader.ReadSet(validation.Data, validation.Columns, "validation", log, cancellation);
        return new TrainingSets(trainingSet, validationSet).Checked(training.Columns, log);
    }

    /// <summary>The examples of one data view, of which a share is set aside to validate with.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="fraction">The share, from 0 to less than 1. Unless it is 0, both sets have at least one example.</param>
    /// <param name="seed">Decides which examples are set aside. In both sets they keep the order that they have in the data.</param>
    /// <param name="log">The log.</param>
    /// <param name="cancellation">Stops the reading between two rows.</param>
    /// <exception cref="InvalidDataException">The rows cannot be trained with.</exception>
    public static TrainingSets Read(
        IDataView data, TrainingColumns columns, double fraction, int seed, IChannel log, CancellationToken cancellation)
    {
        if (fraction == 0)
            return new TrainingSets(ExampleReader.ReadSet(data, columns, "training", log, cancellation), null).Checked(columns, log);
        (int count, Func<int[], ExampleSet> take) = Rows(data, columns, log, cancellation);
        if (count < 2)
            throw new InvalidDataException("There is one training row; to set aside a validation set, there must be at least two.");

        int[] rows = [.. Enumerable.Range(0, count)];
        new RandomGenerator(unchecked((ulong)seed), (ulong)RandomPurpose.Splitting).Shuffle(rows);
        int setAside = Math.Clamp((int)Math.Round(fraction * rows.Length), 1, rows.Length - 1);
        Array.Sort(rows, 0, setAside);
        Array.Sort(rows, setAside, rows.Length - setAside);
        return new TrainingSets(take(rows[setAside..]), take(rows[..setAside])).Checked(columns, log);
    }

    // All rows, and what makes a set of some of them. Of images, their bytes are copied and stay bytes.
    private static (int Count, Func<int[], ExampleSet> Take) Rows(
        IDataView data, TrainingColumns columns, IChannel log, CancellationToken cancellation)
    {
        if (data is ImageDataView view)
            return (view.Images.Count, rows => new ImageExamples(Take(view.Images, rows)));
        ExampleSetBuilder examples = ExampleReader.Read(data, columns, "training", log, cancellation);
        return (examples.Count, examples.Build);
    }

    private static LabelledImages Take(LabelledImages images, int[] rows)
    {
        var pixels = new byte[rows.Length * images.PixelsPerImage];
        var labels = new byte[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            images.Image(rows[i]).CopyTo(pixels.AsSpan(i * images.PixelsPerImage));
            labels[i] = images.Labels.Span[rows[i]];
        }

        return new LabelledImages(pixels, labels, images.Rows, images.Columns, images.ClassCount);
    }

    // A row of weight 0 teaches nothing, so it does not count.
    private TrainingSets Checked(TrainingColumns columns, IChannel log)
    {
        var counts = new int[Training.ClassCount];
        for (int row = 0; row < Training.Count; row++)
            counts[Training.Label(row)] += Training.Weight(row) > 0 ? 1 : 0;

        string which = columns.Weight is { } weight ? $" with a weight above 0 in the column '{weight.Name}'" : "";
        int[] missing = [.. Enumerable.Range(0, counts.Length).Where(label => counts[label] == 0)];
        if (missing.Length == counts.Length)
        {
            string setAside = Validation is null ? "" : ", those to validate with not counted,";
            throw new InvalidDataException(
                $"All {Training.Count} training rows{setAside} have the weight 0 in the column '{columns.Weight?.Name}'; " +
                "expected rows of at least two classes with a weight above 0.");
        }

        if (missing.Length == counts.Length - 1)
        {
            int only = Array.FindIndex(counts, count => count > 0);
            throw new InvalidDataException(
                $"All {counts[only]} training rows{which} are of the class '{columns.Classes.Names[only]}'; " +
                "expected rows of at least two classes.");
        }

        if (missing.Length > 0)
        {
            log.Warning(
                MessageSensitivity.UserData | MessageSensitivity.Schema,
                $"No training row{which} is of these classes, which the network will learn never to predict: {columns.Classes.List(missing)}.");
        }

        return this;
    }
}
