namespace NeuralDigits.Cli;

/// <summary>What whoever did not ask for drawn digits is told where there is nothing else. Nobody is to take the result for one of real data.</summary>
internal static class SyntheticNotice
{
    /// <summary>Writes the notice.</summary>
    /// <param name="error">Where to.</param>
    /// <param name="reason">Why there are no other data, and what can be done about it, in one or more lines.</param>
    public static void Write(TextWriter error, string reason)
    {
        const string rule = "************************************************************************";
        error.WriteLine($"""
            {rule}
            NO REAL DATA: this run takes digits that the tool draws itself.
            They are called {SyntheticDigits.Name}, and so is a model that learns from them.
            Its figures are of drawn digits, and say nothing of handwriting.

            Why:
            {Indent(reason)}

            Or connect to the network, and run the command again.
            Where drawn digits are meant, --data {DataChoice.SyntheticName} asks for them without this notice.
            {rule}
            """.ReplaceLineEndings(error.NewLine));
    }

    private static string Indent(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => $"  {line}".TrimEnd()));
}
