using System.Net;
using System.Text.RegularExpressions;

namespace NeuralDigits.Packages.Tests;

/// <summary>What the documentation shows is compiled, as it stands there, and run.</summary>
[Collection(PackedPackagesGroup.Name)]
public sealed partial class DocumentedSamplesTests(PackedPackages packages) : IDisposable
{
    private const StringSplitOptions SplitOptions = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_README_trains_evaluates_saves_and_loads_with_ML_NET()
    {
        string readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        string section = readme[readme.IndexOf("### Train in ML.NET", StringComparison.Ordinal)..];
        LearnableDataSet.Write(_folder, Path.Combine("artifacts", "data", "mnist"));

        string output = await RunAsync("Readme", MarkdownBlock().Match(section).Groups["code"].Value);

        Assert.Matches(@"^\d+[.,]\d\d\s?% of the test images are right", output);
        Assert.True(new FileInfo(_folder["digits.zip"]).Length > 0);
    }

    [Theory]
    [InlineData("Reference a trained model", "ClassifyOnTheWeb", 2)]
    [InlineData("Train in your build", "TrainInBuild", 1)]
    public async Task The_README_shows_lines_of_the_samples(string heading, string sample, int blocks)
    {
        string readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        string section = readme[readme.IndexOf($"### {heading}", StringComparison.Ordinal)..];
        string sources = string.Concat(Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Samples", sample)).Select(File.ReadAllText));

        string[] shown = [.. AnyBlock().Matches(section).Take(blocks).SelectMany(block => block.Groups["code"].Value.Split('\n', SplitOptions))];

        Assert.NotEmpty(shown);
        Assert.All(shown, line => Assert.Contains(line, sources, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_example_of_the_short_form_trains_and_evaluates() =>
        Assert.Matches(@"^Accuracy: 0\.\d+", await RunExampleAsync("Example", 0));

    [Fact]
    public async Task The_example_of_the_form_with_options_shows_progress_and_tells_the_seed()
    {
        string[] lines = (await RunExampleAsync("ExampleOfOptions", 1)).Split('\n', SplitOptions);

        Assert.Equal(4, lines.Length);
        Assert.All(lines[..3], (line, epoch) => Assert.Matches($@"^Epoch {epoch + 1}: \d+\.\d\s?% in \d+\.\d s$", line));
        Assert.Equal("Network of epoch 3, seed 7", lines[3]);
    }

    private async Task<string> RunExampleAsync(string name, int index)
    {
        string source = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "src", "NeuralDigits.ML", "Training", "SigmoidMlpCatalog.cs"));
        string documented = DocumentationBlock().Matches(source)[index].Groups["code"].Value;
        LearnableDataSet.Write(_folder, "mnist");
        return await RunAsync(name, WebUtility.HtmlDecode(DocumentationPrefix().Replace(documented, "")));
    }

    private async Task<string> RunAsync(string name, string program)
    {
        Assert.NotEmpty(program);
        string built = await packages.BuildProgramAsync(_folder, name, program);
        return await DotNet.RunAsync(_folder.Path, built);
    }

    [GeneratedRegex("```csharp\r?\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex MarkdownBlock();

    [GeneratedRegex("```[a-z]+\r?\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex AnyBlock();

    [GeneratedRegex("<code language=\"csharp\">\r?\n(?<code>.*?) */// </code>", RegexOptions.Singleline)]
    private static partial Regex DocumentationBlock();

    [GeneratedRegex("^ */// ?", RegexOptions.Multiline)]
    private static partial Regex DocumentationPrefix();
}
