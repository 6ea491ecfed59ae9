namespace NeuralDigits;

/// <summary>How a command line spells the values of an option.</summary>
/// <param name="names">Each name with its value; no two alike.</param>
internal sealed class OptionNames<TValue>(params (string Name, TValue Value)[] names)
    where TValue : struct
{
    private readonly Dictionary<string, TValue> _byName = names.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>All names.</summary>
    public IReadOnlyCollection<string> All => _byName.Keys;

    /// <summary>What a name stands for.</summary>
    /// <exception cref="KeyNotFoundException">There is no such name.</exception>
    public TValue Parse(string name) => _byName[name];

    /// <summary>The name of a value.</summary>
    public string Of(TValue value) => _byName.Single(pair => EqualityComparer<TValue>.Default.Equals(pair.Value, value)).Key;
}
