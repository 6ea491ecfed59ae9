namespace NeuralDigits.ML;

/// <summary>How a network was trained, as a part of <see cref="SavedContent"/>.</summary>
/// <remarks>
/// Whether anything is known (byte), and if so: the seed (int32); the epoch after which the network is (int32); the number of options
/// (int32), of each its name and value (texts); the number of epochs (int32), of each its training cost (float64), whether there was a
/// validation set (byte), and if so how many rows were right (int32) of how many (int32), and their cost (float64).
/// </remarks>
internal static class SavedTraining
{
    public static void Write(BinaryWriter writer, TrainingRecord? training)
    {
        writer.Write(training is not null);
        if (training is null)
            return;
        writer.Write(training.Seed);
        writer.Write(training.Epoch);
        writer.Write(training.Hyperparameters.Count);
        foreach ((string name, string value) in training.Hyperparameters.OrderBy(option => option.Key, StringComparer.Ordinal))
        {
            writer.Write(name);
            writer.Write(value);
        }

        writer.Write(training.History.Count);
        foreach (EpochSummary epoch in training.History)
            Write(writer, epoch);
    }

    /// <exception cref="IOException">The content ends too early.</exception>
    /// <exception cref="ArgumentException">An option occurs twice.</exception>
    public static TrainingRecord? Read(BinaryReader reader)
    {
        if (!reader.ReadBoolean())
            return null;
        int seed = reader.ReadInt32();
        int epoch = reader.ReadInt32();
        var hyperparameters = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int left = reader.ReadInt32(); left > 0; left--)
            hyperparameters.Add(reader.ReadString(), reader.ReadString());

        var history = new List<EpochSummary>();
        for (int left = reader.ReadInt32(); left > 0; left--)
            history.Add(ReadEpoch(reader, history.Count));
        return new TrainingRecord(seed, epoch, hyperparameters, history);
    }

    private static void Write(BinaryWriter writer, EpochSummary epoch)
    {
        writer.Write(epoch.TrainingCost);
        writer.Write(epoch.ValidationCount.HasValue);
        if (!epoch.ValidationCount.HasValue)
            return;
        writer.Write(epoch.ValidationCorrect.GetValueOrDefault());
        writer.Write(epoch.ValidationCount.Value);
        writer.Write(epoch.ValidationCost.GetValueOrDefault());
    }

    private static EpochSummary ReadEpoch(BinaryReader reader, int epoch)
    {
        double trainingCost = reader.ReadDouble();
        return reader.ReadBoolean()
            ? new EpochSummary(epoch, trainingCost, reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble())
            : new EpochSummary(epoch, trainingCost, null, null, null);
    }
}
