using StbImageSharp;

namespace NeuralDigits.Cli;

/// <summary>Reads PNG files of every colour type and depth.</summary>
internal static class PngFile
{
    /// <summary>What every PNG file starts with.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads a picture.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="content">The file's bytes, of which the first are the signature.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or the picture too large.</exception>
    public static Picture Read(string path, byte[] content)
    {
        // The decoder looks at no checksum, takes memory as the file tells it to, and works with pointers.
        PngCheck.Check(path, content);
        try
        {
            ImageResult image = ImageResult.FromMemory(content, ColorComponents.RedGreenBlueAlpha);
            return Picture.FromRgba(image.Data, image.Height, image.Width);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The decoder has no exception of its own for a malformed file.
            throw new InvalidDataException($"{path} is not a sound PNG file: {exception.Message}.", exception);
        }
    }
}
