using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace NeuralDigits.Cli;

/// <summary>Options that are numbers: written as in any country's program text, and refused by name, value and range.</summary>
internal static class NumberOption
{
    // Without thousands separators: 3,5 is no number, and certainly not 35.
    private const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>An option with a default.</summary>
    public static Option<T> Create<T>(string name, string description, string helpName, string range, Func<T, bool> isInRange, Func<T> defaultValue)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result => Parse(name, range, isInRange, result) ?? default,
            DefaultValueFactory = _ => defaultValue(),
        };

    /// <summary>Reads a number, or notes the error; then the result is null.</summary>
    public static T? Parse<T>(string name, string range, Func<T, bool> isInRange, ArgumentResult result)
        where T : struct, INumber<T>
    {
        string text = result.Tokens[0].Value;
        if (T.TryParse(text, Styles, CultureInfo.InvariantCulture, out T number) && isInRange(number))
            return number;
        result.AddError($"{name} is '{text}'; expected {range}.");
        return null;
    }
}
