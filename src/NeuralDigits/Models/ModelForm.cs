namespace NeuralDigits;

/// <summary>One of the files that a published model is in. All forms are to say the same of the same images.</summary>
public abstract class ModelForm
{
    /// <summary>The canonical form, <c>model.safetensors</c>: it is loaded, and passes the self-test.</summary>
    public static ModelForm Safetensors { get; } = new SafetensorsForm();

    /// <summary>
    /// The form of <see cref="OnnxFile"/>, <c>model.onnx</c>: it is the very file that the canonical form is written as. That asks for no
    /// runtime, and says more than scores could.
    /// </summary>
    public static ModelForm Onnx { get; } = new OnnxForm();

    private protected const string SelfTest = "self-test";

    /// <summary>The name of the file, such as <c>model.zip</c>.</summary>
    public abstract string FileName { get; }

    /// <summary>How the file is checked, in a word or two.</summary>
    public abstract string CheckName { get; }

    /// <summary>Compares the file with the model that it is a form of.</summary>
    /// <param name="file">The content of the file.</param>
    /// <param name="published">The model, and what its manifest says of it.</param>
    /// <returns>What was found, if all is as it should be.</returns>
    /// <exception cref="InvalidDataException">The file is no such model, or another one; the message says what was found.</exception>
    public abstract string Check(ReadOnlyMemory<byte> file, ModelDirectory published);

    /// <exception cref="InvalidDataException">The manifest has no images to test with.</exception>
    private protected static string SelfTestFinding(ModelManifest manifest) => manifest.SelfTest.Count == 0
        ? throw new InvalidDataException("the manifest has no images to test with")
        : $"{manifest.SelfTest.Count} images, the manifest's scores";

    private sealed class SafetensorsForm : ModelForm
    {
        public override string FileName => ModelContent.ModelFileName;

        public override string CheckName => SelfTest;

        // The directory was opened with this very file.
        public override string Check(ReadOnlyMemory<byte> file, ModelDirectory published)
        {
            published.RunSelfTest();
            return SelfTestFinding(published.Manifest);
        }
    }

    private sealed class OnnxForm : ModelForm
    {
        public override string FileName => ModelContent.OnnxFileName;

        public override string CheckName => "content";

        public override string Check(ReadOnlyMemory<byte> file, ModelDirectory published)
        {
            byte[] expected = OnnxFile.Write(published.Model);
            if (file.Span.SequenceEqual(expected))
                return $"the bytes that {ModelContent.ModelFileName} is written as";
            int offset = file.Span.CommonPrefixLength(expected);
            throw new InvalidDataException(
                $"from byte {offset} on it is not what {ModelContent.ModelFileName} is written as: it is another model, or written by another version. " +
                $"The manifest says that version {published.Manifest.Provenance.Tool} wrote it: verify it with that one");
        }
    }
}
