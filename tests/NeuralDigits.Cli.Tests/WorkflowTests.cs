using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace NeuralDigits.Cli.Tests;

/// <summary>What the workflows may do, and that all they do can be done without them, by the build script.</summary>
public sealed partial class WorkflowTests
{
    private const string MatrixScript = "${{ matrix.build }}";
    private static readonly string Folder = Path.Combine(Repository.Root, ".github", "workflows");

    public static TheoryData<string> Workflows => [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_action_is_pinned_by_its_commit_and_says_its_version(string workflow)
    {
        string[] used = [.. Steps(workflow).Select(step => Find(step, "uses")).OfType<string>()];
        Assert.NotEmpty(used);
        Assert.All(used, action => Assert.Matches("^actions/[a-z-]+@[0-9a-f]{40}$", action));
        string[] lines = [.. File.ReadAllLines(Path.Combine(Folder, workflow)).Where(line => line.Contains("uses:", StringComparison.Ordinal))];
        Assert.Equal(used.Length, lines.Length);
        Assert.All(lines, line => Assert.Matches(@"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_step_runs_the_build_script_alone_or_fetches_or_makes_a_release(string workflow)
    {
        string[] commands = [.. Jobs(workflow).SelectMany(job => StepsOf(job.Value).Select(step => Find(step, "run")).OfType<string>().SelectMany(run => Expand(run, job.Value)))];
        Assert.NotEmpty(commands);
        Assert.All(commands, command => Assert.Matches(@"^(\./build\.(sh|ps1) --target \w+( --[a-z-]+ [\w.""$]+)*|\./\.github/fetch-released-model\.sh|gh release create [^;&|`\n]*)$", command));

        // What a branch or an issue is called would otherwise become a part of the command.
        Assert.All(commands, command => Assert.DoesNotContain("${{", command, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_target_and_argument_exists(string workflow)
    {
        string arguments = File.ReadAllText(Path.Combine(Repository.Root, "build", "Argument.cs"));
        foreach (string command in Steps(workflow).Select(step => Find(step, "run")).OfType<string>().Where(command => command.Contains("build", StringComparison.Ordinal)))
        {
            string target = TargetName().Match(command).Groups["target"].Value;
            Assert.True(File.Exists(Path.Combine(Repository.Root, "build", "Tasks", $"{target}.cs")), $"There is no target '{target}'.");
            Assert.All(
                ArgumentName().Matches(command).Select(match => match.Groups["name"].Value).Where(name => name != "target"),
                name => Assert.Contains($"new(\"{name}\", ", arguments, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_workflow_may_read_and_only_the_release_may_write(string workflow)
    {
        YamlMappingNode root = Load(workflow);
        Assert.Equal([("contents", "read")], Pairs(root["permissions"]));
        foreach ((string name, YamlMappingNode job) in Jobs(workflow))
        {
            (string, string)[] permissions = job.Children.TryGetValue("permissions", out YamlNode? node) ? Pairs(node) : [];
            Assert.Equal(name == "release" ? [("contents", "write")] : [], permissions);
            Assert.True(job.Children.ContainsKey("timeout-minutes"), $"{name} may run for ever.");
        }

        Assert.All(
            Steps(workflow).Where(step => Find(step, "uses")?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true),
            step => Assert.Equal("false", Find((YamlMappingNode)step["with"], "persist-credentials")));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Runs_of_one_branch_do_not_overlap(string workflow) =>
        Assert.Contains("${{ github.ref }}", Find((YamlMappingNode)Load(workflow)["concurrency"], "group"), StringComparison.Ordinal);

    [Fact]
    public void The_tests_run_on_three_systems_each_with_its_script()
    {
        YamlNode systems = Jobs("ci.yml")["test"]["strategy"]["matrix"]["include"];
        Assert.Equal(
            [("macos", "./build.sh"), ("ubuntu", "./build.sh"), ("windows", "./build.ps1")],
            ((YamlSequenceNode)systems).Cast<YamlMappingNode>().Select(system => (Find(system, "os")!.Split('-')[0], Find(system, "build")!)).Order());
    }

    [Fact]
    public void The_release_comes_after_the_training_and_for_a_tag_alone()
    {
        YamlMappingNode release = Jobs("train.yml")["release"];
        Assert.Equal("train", Find(release, "needs"));
        Assert.Equal("github.ref_type == 'tag'", Find(release, "if"));
    }

    [Fact]
    public void The_model_to_compare_with_is_there_before_the_training_even_if_the_cache_is_gone()
    {
        string[] commands = [.. StepsOf(Jobs("train.yml")["train"]).Select(step => Find(step, "run")).OfType<string>()];
        int fetch = Array.IndexOf(commands, "./.github/fetch-released-model.sh");
        Assert.InRange(fetch, 0, Array.FindIndex(commands, command => command.Contains("--target Train", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_is_trained_for_a_release_before_the_tests_have_passed()
    {
        string[] commands = [.. StepsOf(Jobs("train.yml")["train"]).Select(step => Find(step, "run")).OfType<string>()];
        int tests = Array.IndexOf(commands, "./build.sh --target Test");
        Assert.InRange(tests, 0, Array.FindIndex(commands, command => command.Contains("--target Train", StringComparison.Ordinal)));
        Assert.True(Array.IndexOf(commands, "./build.sh --target Data") is var data && data >= 0 && data < tests, "Without the data, some tests are skipped.");
    }

    private static IEnumerable<string> Expand(string run, YamlMappingNode job) => !run.StartsWith(MatrixScript, StringComparison.Ordinal)
        ? [run]
        : ((YamlSequenceNode)job["strategy"]["matrix"]["include"]).Cast<YamlMappingNode>().Select(system => Find(system, "build") + run[MatrixScript.Length..]);

    private static YamlMappingNode Load(string workflow)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Path.Combine(Folder, workflow))));
        return (YamlMappingNode)Assert.Single(yaml.Documents).RootNode;
    }

    private static Dictionary<string, YamlMappingNode> Jobs(string workflow) =>
        ((YamlMappingNode)Load(workflow)["jobs"]).ToDictionary(job => Text(job.Key), job => (YamlMappingNode)job.Value);

    private static IEnumerable<YamlMappingNode> Steps(string workflow) => Jobs(workflow).Values.SelectMany(StepsOf);

    private static IEnumerable<YamlMappingNode> StepsOf(YamlMappingNode job) => ((YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>();

    private static string? Find(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out YamlNode? value) ? Text(value) : null;

    private static (string, string)[] Pairs(YamlNode node) => [.. ((YamlMappingNode)node).Select(pair => (Text(pair.Key), Text(pair.Value)))];

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    [GeneratedRegex(@"--target (?<target>\w+)")]
    private static partial Regex TargetName();

    [GeneratedRegex(@"--(?<name>[a-z-]+)")]
    private static partial Regex ArgumentName();
}
