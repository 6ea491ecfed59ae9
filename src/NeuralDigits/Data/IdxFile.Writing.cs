namespace NeuralDigits;

public static partial class IdxFile
{
    /// <summary>Writes an image file and the label file that belongs to it, uncompressed, in place of any that are there.</summary>
    /// <remarks>A file appears whole or not at all, and both are whole before the first appears.</remarks>
    /// <param name="images">The images.</param>
    /// <param name="imagesPath">The image file.</param>
    /// <param name="labelsPath">The label file, another one.</param>
    /// <exception cref="ArgumentException">The two paths are the same.</exception>
    /// <exception cref="IOException">A folder is missing, or a file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    public static void Write(LabelledImages images, string imagesPath, string labelsPath)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentException.ThrowIfNullOrEmpty(imagesPath);
        ArgumentException.ThrowIfNullOrEmpty(labelsPath);
        if (Path.GetFullPath(imagesPath) == Path.GetFullPath(labelsPath))
            throw new ArgumentException($"Images and labels are to be written to the same file, {imagesPath}.", nameof(labelsPath));

        string imagesTemporary = WholeFile.TemporaryFor(imagesPath);
        string labelsTemporary = WholeFile.TemporaryFor(labelsPath);
        try
        {
            WholeFile.WriteThrough(imagesTemporary, IdxHeader.Write(images.Count, images.Rows, images.Columns), images.Pixels.Span);
            WholeFile.WriteThrough(labelsTemporary, IdxHeader.Write(images.Count), images.Labels.Span);
            File.Move(imagesTemporary, imagesPath, overwrite: true);
            File.Move(labelsTemporary, labelsPath, overwrite: true);
        }
        finally
        {
            File.Delete(imagesTemporary);
            File.Delete(labelsTemporary);
        }
    }
}
