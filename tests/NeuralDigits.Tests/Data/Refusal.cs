namespace NeuralDigits.Tests;

/// <summary>Expects a file to be refused, with a message that names it and says enough.</summary>
internal static class Refusal
{
    private const long ModestMemory = 1 << 20;

    public static void OfImages(ReadOnlySpan<byte> content, params string[] said) => Of(content, path => IdxFile.ReadImages(path), said);

    public static void OfLabels(ReadOnlySpan<byte> content, params string[] said) => Of(content, path => IdxFile.ReadLabels(path), said);

    private static void Of(ReadOnlySpan<byte> content, Action<string> read, string[] said)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("file", content);

        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => read(path));
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.StartsWith(path + ", ", refusal.Message);
        Assert.All(said, words => Assert.Contains(words, refusal.Message));
        Assert.True(taken < ModestMemory, $"{taken} bytes were taken for a file to be refused.");
    }
}
