using System.Numerics;

namespace NeuralDigits;

/// <summary>The order of versions by precedence: https://semver.org/#spec-item-11. What follows a plus sign comes last, as text.</summary>
internal sealed class VersionOrder : IComparer<string>
{
    public static readonly VersionOrder Instance = new();

    /// <param name="x">A semantic version.</param>
    /// <param name="y">Another.</param>
    public int Compare(string? x, string? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        (string[] core, string[] preRelease) = Split(x);
        (string[] otherCore, string[] otherPreRelease) = Split(y);
        int order = CompareAll(core, otherCore);
        if (order == 0)
            order = (preRelease.Length == 0).CompareTo(otherPreRelease.Length == 0);
        if (order == 0)
            order = CompareAll(preRelease, otherPreRelease);
        return order != 0 ? order : string.CompareOrdinal(x, y);
    }

    private static (string[] Core, string[] PreRelease) Split(string version)
    {
        string[] parts = version.Split('+')[0].Split('-', 2);
        return (parts[0].Split('.'), parts.Length == 1 ? [] : parts[1].Split('.'));
    }

    // Of lists that are equal up to the end of one, the longer one comes later.
    private static int CompareAll(string[] identifiers, string[] others)
    {
        int order = identifiers.Zip(others, CompareIdentifiers).FirstOrDefault(order => order != 0);
        return order != 0 ? order : identifiers.Length.CompareTo(others.Length);
    }

    // Numbers come before words.
    private static int CompareIdentifiers(string identifier, string other)
    {
        bool isNumber = identifier.All(char.IsAsciiDigit), isOtherNumber = other.All(char.IsAsciiDigit);
        return isNumber && isOtherNumber ? BigInteger.Parse(identifier, provider: null).CompareTo(BigInteger.Parse(other, provider: null))
            : isNumber != isOtherNumber ? isOtherNumber.CompareTo(isNumber)
            : string.CompareOrdinal(identifier, other);
    }
}
