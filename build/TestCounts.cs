using System.Xml.Linq;

namespace NeuralDigits.Pipeline;

/// <summary>How many tests passed, failed and were skipped.</summary>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Failed">Tests that failed, did not finish, or have no clear outcome.</param>
/// <param name="Skipped">Tests that did not run, for a reason of their own.</param>
public sealed record TestCounts(int Passed, int Failed, int Skipped)
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>Counts the results in all trx files of a folder, one by one: the files' own totals know no skipped tests.</summary>
    /// <param name="folder">The folder, which need not exist where no test project ran.</param>
    public static TestCounts Read(string folder)
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.trx", SearchOption.AllDirectories) : [];
        string[] outcomes =
        [
            .. from file in files
               from result in XDocument.Load(file).Descendants(Trx + "UnitTestResult")
               select (string?)result.Attribute("outcome") ?? "",
        ];
        int passed = outcomes.Count(outcome => outcome == "Passed");
        int skipped = outcomes.Count(outcome => outcome == "NotExecuted");
        return new TestCounts(passed, outcomes.Length - passed - skipped, skipped);
    }

    /// <inheritdoc />
    public override string ToString() => $"tests: {Passed} passed, {Failed} failed, {Skipped} skipped";
}
