namespace NeuralDigits.Cli;

/// <summary>How the command line spells the ways to draw the first weights.</summary>
internal static class InitializationNames
{
    private static readonly Dictionary<string, WeightInitialization> ByName = new()
    {
        ["scaled"] = WeightInitialization.Scaled,
        ["standard-normal"] = WeightInitialization.StandardNormal,
    };

    public static IReadOnlyCollection<string> All => ByName.Keys;

    public static WeightInitialization Parse(string name) => ByName[name];

    public static string Of(WeightInitialization initialization) => ByName.Single(pair => pair.Value == initialization).Key;
}
