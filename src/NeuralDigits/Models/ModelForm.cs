namespace NeuralDigits;

/// <summary>One of the files that a published model is in. All forms are to say the same of the same images.</summary>
public abstract class ModelForm
{
    /// <summary>The canonical form, <c>model.safetensors</c>.</summary>
    public static ModelForm Safetensors { get; } = new SafetensorsForm();

    /// <summary>The name of the file, such as <c>model.zip</c>.</summary>
    public abstract string FileName { get; }

    /// <summary>The largest difference to the scores of the manifest that is no fault: 0 where the arithmetic is the same.</summary>
    public virtual float Tolerance => 0;

    /// <summary>Loads the model, and gives it images.</summary>
    /// <param name="file">The content of the file.</param>
    /// <param name="images">The images; their labels mean nothing.</param>
    /// <exception cref="InvalidDataException">The content is not such a model, or takes other images.</exception>
    public abstract FormScores Score(ReadOnlyMemory<byte> file, LabelledImages images);

    private sealed class SafetensorsForm : ModelForm
    {
        public override string FileName => ModelContent.ModelFileName;

        public override FormScores Score(ReadOnlyMemory<byte> file, LabelledImages images)
        {
            Model model = ModelFile.Read(file.Span);
            if (model.Network.InputCount != images.PixelsPerImage)
                throw new InvalidDataException($"The model takes {model.Network.InputCount} inputs; the images have {images.PixelsPerImage} pixels.");
            int classes = model.Network.OutputCount;
            var scores = new float[images.Count * classes];
            var pass = new ForwardPass(model.Network);
            for (int i = 0; i < images.Count; i++)
                Scores.Normalize(pass.Run(images.Image(i)), scores.AsSpan(i * classes, classes));
            return new FormScores(model.Labels, scores);
        }
    }
}

/// <summary>What a form of a model says of images.</summary>
/// <param name="Labels">The names of the classes.</param>
/// <param name="Values">[images, classes], row-major: scores that sum to 1 for each image.</param>
public sealed record FormScores(IReadOnlyList<string> Labels, IReadOnlyList<float> Values);
