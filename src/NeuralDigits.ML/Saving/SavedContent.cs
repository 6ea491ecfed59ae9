using System.Text;

namespace NeuralDigits.ML;

/// <summary>What a saved transformer consists of.</summary>
/// <remarks>
/// The name of the feature column (text); whether activations are put out (byte); how the network was trained, see
/// <see cref="SavedTraining"/>; the type of the label's values (byte, 0 for no values, else see <see cref="LabelValueType"/>), their number
/// (int32) and the values; the network as the bytes of <c>model.safetensors</c>, to the end. Numbers are little-endian, texts are as
/// <see cref="BinaryWriter"/> writes them.
/// </remarks>
internal static class SavedContent
{
    private const byte NoValues = 0;

    // Refuses what is not UTF-8 instead of replacing it.
    private static readonly UTF8Encoding Encoding = new(false, true);

    public static byte[] Write(SigmoidMlpTransformer transformer)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer, Encoding);
        SigmoidMlpModelParameters parameters = transformer.Model;
        writer.Write(transformer.FeatureColumnName);
        writer.Write(transformer.AddsActivationsColumn);
        SavedTraining.Write(writer, parameters.Training);
        WriteLabels(writer, parameters.Classes);
        writer.Write(ModelFile.Write(parameters.ToModel()));
        writer.Flush();
        return buffer.ToArray();
    }

    /// <exception cref="InvalidDataException">The content is malformed.</exception>
    public static SigmoidMlpTransformer Read(byte[] content)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(content), Encoding);
            string featureColumnName = reader.ReadString();
            bool addsActivationsColumn = reader.ReadBoolean();
            TrainingRecord? training = SavedTraining.Read(reader);
            ClassLabels? values = ReadLabels(reader);
            Model model = ModelFile.Read(content.AsSpan((int)reader.BaseStream.Position));
            ClassLabels classes = values ?? ClassLabels.Numbered(model.Network.OutputCount);
            if (!classes.Names.SequenceEqual(model.Labels))
                throw new InvalidDataException("The saved sigmoid network is malformed: its labels are not those of its network.");
            var parameters = new SigmoidMlpModelParameters(model, classes, training);
            return new SigmoidMlpTransformer(parameters, featureColumnName, addsActivationsColumn);
        }
        catch (Exception exception) when (exception is IOException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"The saved sigmoid network is malformed: {exception.Message}", exception);
        }
    }

    private static void WriteLabels(BinaryWriter writer, ClassLabels classes)
    {
        if (classes.ValueType is null)
        {
            writer.Write(NoValues);
            return;
        }

        LabelValueType type = LabelValueType.For(classes.ValueType)!;
        writer.Write(type.Code);
        writer.Write(classes.Count);
        type.Write(writer, classes);
    }

    private static ClassLabels? ReadLabels(BinaryReader reader)
    {
        byte code = reader.ReadByte();
        if (code == NoValues)
            return null;
        LabelValueType type = LabelValueType.For(code)
            ?? throw new InvalidDataException(
                $"The saved sigmoid network has labels of type {code}, which this version of NeuralDigits.ML does not know.");
        return type.Read(reader, reader.ReadInt32());
    }
}
