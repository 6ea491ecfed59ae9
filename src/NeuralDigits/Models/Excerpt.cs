namespace NeuralDigits;

/// <summary>Texts from a file as a message quotes them: a file must not be able to make a message as long as itself.</summary>
internal static class Excerpt
{
    private const int MaximumLength = 80;

    public static string Of(string text) => text.Length <= MaximumLength ? text : $"{text.AsSpan(0, MaximumLength)}...";

    public static string Of<T>(IEnumerable<T> values) => Of(string.Join(", ", values.Take(MaximumLength)));
}
