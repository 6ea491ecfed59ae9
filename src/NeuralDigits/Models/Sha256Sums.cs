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
    /// <exception cref="InvalidDataException">A line is not of the form that <see cref="Write"/> makes.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        string[] lines = File.ReadAllLines(path, Encoding.ASCII);
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            bool valid = line.Length > HashLength + Separator.Length
                && line[..HashLength].All(char.IsAsciiHexDigitLower)
                && line.AsSpan(HashLength, Separator.Length).SequenceEqual(Separator);
            string name = valid ? line[(HashLength + Separator.Length)..] : "";

            // A name with a folder in it could point anywhere.
            if (!valid || name != Path.GetFileName(name) || !hashes.TryAdd(name, line[..HashLength]))
                throw new InvalidDataException($"{path}: line {i + 1} is '{line}'; expected a SHA-256 of 64 digits, two spaces and a file name that occurs once.");
        }

        return hashes;
    }
}
