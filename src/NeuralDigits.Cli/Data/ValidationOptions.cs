using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace NeuralDigits.Cli;

/// <summary>The options of which images are set aside to validate with.</summary>
internal sealed class ValidationOptions
{
    private readonly Option<Amount?> _validation = new("--validation")
    {
        Description =
            "How many images that are not for the test to draw at random, by --seed, and set aside to validate with: a share such as 0.1, or a " +
            "number such as 5000. Default: the last sixth of the training files; of a pickle, its own validation set; of pictures, a sixth of each class.",
        HelpName = "SHARE|N",
        CustomParser = Parse,
    };

    private readonly Option<bool> _stratified = new("--stratified") { Description = "Of each class, set the same share aside. Needs --validation." };

    /// <summary>Puts the options before those that the command has.</summary>
    public void AddTo(Command command)
    {
        command.Options.Insert(0, _stratified);
        command.Options.Insert(0, _validation);
    }

    /// <summary>Refuses options that make no sense, whatever the data.</summary>
    /// <exception cref="WrongUsageException">They are such.</exception>
    public void Check(ParseResult parsed)
    {
        if (parsed.GetValue(_stratified) && parsed.GetValue(_validation) is null)
            throw new WrongUsageException("--stratified is for --validation: say how many images are to be set aside.");
    }

    /// <summary>Sets images aside as the options say, and reports it; or leaves the data as they are where the options say nothing.</summary>
    /// <exception cref="WrongUsageException">There are not as many images.</exception>
    public DataSet Apply(DataSet data, int seed, ParseResult parsed, CommandEnvironment environment)
    {
        if (parsed.GetValue(_validation) is not { } amount)
            return data;
        int all = data.Training.Count + data.Validation.Count;
        int count = amount.Of(all);
        if (count < 1 || count >= all)
            throw new WrongUsageException($"--validation would set {count} of {all} images aside; expected 1 to {all - 1}.");
        bool isStratified = parsed.GetValue(_stratified);
        environment.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count:N0} images drawn by seed {seed} to validate with{(isStratified ? ", of each class the same share" : "")}; {all - count:N0} to learn from"));
        return data.With(isStratified ? DataSplit.Stratified(count, seed) : DataSplit.Random(count, seed));
    }

    private static Amount? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 1)
            return new Amount(count, IsShare: false);
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) && share is > 0 and < 1)
            return new Amount(share, IsShare: true);
        result.AddError($"--validation is '{text}'; expected a share between 0 and 1, or a whole number from 1.");
        return null;
    }

    private sealed record Amount(double Number, bool IsShare)
    {
        public int Of(int all) => (int)(IsShare ? Math.Round(Number * all) : Number);
    }
}
