namespace NeuralDigits.Pipeline;

[TaskName(nameof(Benchmark))]
[TaskDescription("Measures, and prints tables: --benchmark trainers, peers or kernels; without it the first two.")]
[IsDependentOn(typeof(Build))]
public sealed class Benchmark : FrostingTask<BuildContext>
{
    private const string BenchmarkArgument = "benchmark";
    private const string DataArgument = "data";

    // What each can be asked for; the kernels take ten minutes, so only who names them waits for them.
    private static readonly OrderedDictionary<string, string[]> Arguments = new()
    {
        ["trainers"] = [DataArgument, "runs"],
        ["peers"] = [DataArgument, "rounds"],
        ["kernels"] = [DataArgument],
    };

    private static readonly string[] WithoutName = ["trainers", "peers"];

    public override void Run(BuildContext context)
    {
        OrderedDictionary<string, string> given = context.OptionsOf(nameof(Benchmark));
        string[] verbs = context.Given(BenchmarkArgument) is { } name ? [name] : WithoutName;
        foreach (string verb in verbs)
        {
            var options = new OrderedDictionary<string, string>(
                given.Where(option => Arguments.GetValueOrDefault(verb)?.Contains(option.Key) ?? false));
            context.RunBenchmarks(verb, options);
        }
    }
}
