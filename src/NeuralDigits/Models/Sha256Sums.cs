using System.Security.Cryptography;
using System.Text;

namespace NeuralDigits;

/// <summary>The file <c>SHA256SUMS</c>, as <c>sha256sum -c</c> reads it: a line for each file, sorted by name.</summary>
internal static class Sha256Sums
{
    public const string FileName = "SHA256SUMS";
    private const int HashLength = 64;
    private const string Separator = "  ";

    public static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static byte[] Write(IEnumerable<KeyValuePair<string, byte[]>> files) => Encoding.ASCII.GetBytes(string.Concat(
        files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{HashOf(file.Value)}{Separator}{file.Key}\n")));

    /// <summary>The hashes by file name.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="content">Its content.</param>
    /// <exception cref="InvalidDataException">A line is not of the form that <see cref="Write"/> makes.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path, byte[] content)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        using var lines = new StreamReader(new MemoryStream(content), Encoding.ASCII);
        for (int number = 1; lines.ReadLine() is { } line; number++)
        {
            bool valid = line.Length > HashLength + Separator.Length
                && line[..HashLength].All(char.IsAsciiHexDigitLower)
                && line.AsSpan(HashLength, Separator.Length).SequenceEqual(Separator);
            string name = valid ? line[(HashLength + Separator.Length)..] : "";

            // A name with a folder in it could point anywhere.
            if (!valid || name != Path.GetFileName(name) || !hashes.TryAdd(name, line[..HashLength]))
                throw new InvalidDataException($"{path}: line {number} is '{Excerpt.Of(line)}'; expected a SHA-256 of 64 digits, two spaces and a file name that occurs once.");
        }

        return hashes;
    }
}
