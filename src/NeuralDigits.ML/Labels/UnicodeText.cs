namespace NeuralDigits.ML;

internal static class UnicodeText
{
    /// <summary>Where a text first has half of a surrogate pair, which no encoding of Unicode can express; -1 if nowhere.</summary>
    public static int FirstLoneSurrogate(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return i;
            i++;
        }

        return -1;
    }
}
