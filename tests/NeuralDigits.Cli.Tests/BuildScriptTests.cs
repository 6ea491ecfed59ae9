using CliWrap;
using CliWrap.Buffered;

namespace NeuralDigits.Cli.Tests;

/// <summary>
/// The build as whoever types it sees it. Targets that would compile run alone (--exclusive) or dry, as these tests are
/// themselves run by the build.
/// </summary>
public sealed class BuildScriptTests
{
    private static readonly string[] Targets = ["Clean", "Restore", "Build", "Test", "Data", "Train", "Evaluate", "Publish", "Verify", "Package", "Benchmark", "Default"];

    [Fact]
    public async Task Empty_command_line_lists_every_target_with_a_description()
    {
        BufferedCommandResult build = await RunAsync();

        Assert.Equal(0, build.ExitCode);
        Assert.All(Targets, target => Assert.Matches($@"(?m)^  {target} +\w.*\.\r?$", build.StandardOutput));
    }

    [Fact]
    public async Task Help_tells_how_to_ask_for_a_target()
    {
        BufferedCommandResult build = await RunAsync("--help");

        Assert.Equal(0, build.ExitCode);
        Assert.Contains("--target <TARGET>", build.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tree_shows_Publish_on_Evaluate_on_Train_on_Build_on_Restore()
    {
        BufferedCommandResult build = await RunAsync("--tree");

        Assert.Equal(0, build.ExitCode);
        Assert.Matches(@"Publish\W+Evaluate\W+Train\W+Build\W+Restore\W", build.StandardOutput);
    }

    [Fact]
    public async Task Dry_run_of_Train_names_its_steps_and_runs_none()
    {
        BufferedCommandResult build = await RunAsync("--dryrun", "--target", "Train");

        Assert.Equal(0, build.ExitCode);
        Assert.Matches(@"1\. Restore\s+2\. Build\s+3\. Train\s", build.StandardOutput);
        Assert.DoesNotContain("neuraldigits train", build.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_target_is_refused_and_the_known_ones_are_named()
    {
        BufferedCommandResult build = await RunAsync("--target", "Trian");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains("'Trian'", build.StandardError, StringComparison.Ordinal);
        Assert.All(Targets, target => Assert.Contains(target, build.StandardError, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--epoch", "5")]
    [InlineData("--epoch=5")]
    public async Task Unknown_argument_is_refused_before_anything_runs_and_the_known_ones_are_named(params string[] argument)
    {
        BufferedCommandResult build = await RunAsync(["--target", "Train", .. argument]);

        Assert.NotEqual(0, build.ExitCode);
        Assert.Empty(build.StandardOutput);
        Assert.Matches(@"--epoch\..*--epochs.*--learning-rate", build.StandardError);
    }

    [Theory]
    [InlineData("--epochs")]
    [InlineData("--epochs", "5", "--epochs=6")]
    public async Task Argument_without_exactly_one_value_is_refused_before_anything_runs(params string[] arguments)
    {
        BufferedCommandResult build = await RunAsync(["--target", "Train", .. arguments]);

        Assert.NotEqual(0, build.ExitCode);
        Assert.Empty(build.StandardOutput);
        Assert.Contains("--epochs", build.StandardError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--epochs has no effect on Build: it is for Train.", "--target", "Build", "--epochs", "5")]
    [InlineData("--filter has no effect on Train, Evaluate: it is for Test.", "--target", "Train", "--target", "Evaluate", "--filter", "Sigmoid")]
    [InlineData("--seed has no effect on Default: it is for Train.", "--seed", "5")]
    public async Task Argument_without_effect_on_the_targets_is_refused_with_those_it_is_for(string expected, params string[] arguments)
    {
        BufferedCommandResult build = await RunAsync(arguments);

        Assert.NotEqual(0, build.ExitCode);
        Assert.Empty(build.StandardOutput);
        Assert.Contains(expected, build.StandardError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--epochs", "banana", "--seed", "7")]
    [InlineData("--epochs=banana", "--seed=7")]
    public async Task Given_arguments_and_no_others_reach_the_tool_in_both_forms(params string[] arguments)
    {
        BufferedCommandResult build = await RunAsync(["--target", "Train", "--exclusive", .. arguments]);

        Assert.Matches(@"(?m)^neuraldigits train --epochs banana --seed 7\r?$", build.StandardOutput);
    }

    [Fact]
    public async Task Relative_folder_is_meant_from_where_the_caller_stands()
    {
        BufferedCommandResult build = await RunAsync("--target", "Train", "--exclusive", "--output", "models", "--epochs", "banana");

        string folder = Path.Combine(AppContext.BaseDirectory, "models");
        Assert.Contains($"--output {folder}", build.StandardOutput, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mnist", "mnist")]
    [InlineData("auto", "auto")]
    [InlineData("synthetic", "synthetic")]
    [InlineData("./mnist", null)]
    [InlineData("digits", null)]
    public async Task Data_stays_the_name_of_a_data_set_and_is_else_a_folder_where_the_caller_stands(string data, string? handedOn)
    {
        BufferedCommandResult build = await RunAsync("--target", "Train", "--exclusive", "--data", data, "--epochs", "banana");

        Assert.Contains(
            $"neuraldigits train --data {handedOn ?? Path.GetFullPath(data, AppContext.BaseDirectory)} --epochs banana",
            build.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_asks_the_tool_to_fetch_what_is_named()
    {
        BufferedCommandResult build = await RunAsync("--target", "Data", "--exclusive", "--data", "./no-such-folder", "--offline", "true");

        Assert.Contains(
            $"neuraldigits data fetch {Path.Combine(AppContext.BaseDirectory, "no-such-folder")} --offline true", build.StandardOutput, StringComparison.Ordinal);
        Assert.NotEqual(0, build.ExitCode);
    }

    [Fact]
    public async Task Verify_asks_the_tool_to_train_the_named_model_again()
    {
        BufferedCommandResult build = await RunAsync("--target", "Verify", "--exclusive", "--model-name", "no-such-model", "--model-version", "1.0.0");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Matches(@"(?m)^neuraldigits verify no-such-model --model-version 1.0.0 --retrain true\r?$", build.StandardOutput);
    }

    [Fact]
    public async Task Bounds_of_the_quality_gate_and_force_reach_the_tool()
    {
        BufferedCommandResult train = await RunAsync(
            "--target", "Train", "--exclusive", "--max-regression", "0.01", "--baseline", "none", "--force", "true", "--builder", "https://example.org/ci", "--epochs", "banana");
        Assert.Matches(
            @"(?m)^neuraldigits train --epochs banana --max-regression 0.01 --baseline none --force true --builder https://example.org/ci\r?$", train.StandardOutput);

        BufferedCommandResult evaluate = await RunAsync("--target", "Evaluate", "--exclusive", "--max-regression", "0.01", "--threads", "banana");
        Assert.NotEqual(0, evaluate.ExitCode);
        Assert.Matches(@"(?m)^neuraldigits evaluate --threads banana --max-regression 0.01 --min-accuracy usual\r?$", evaluate.StandardOutput);
    }

    [Fact]
    public async Task Package_refuses_to_choose_among_several_models_and_lists_them()
    {
        using var folder = new TemporaryFolder();
        folder.Write("models/first/1.0.0/manifest.json", []);
        folder.Write("models/second/1.0.0/manifest.json", []);

        BufferedCommandResult build = await RunAsync("--target", "Package", "--exclusive", "--output", folder["models"]);

        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains($"Several models are published in {folder["models"]}: first, second. Choose one by --model-name.", build.StandardError, StringComparison.Ordinal);
    }

    [FactWithBuiltTool]
    public async Task What_was_just_trained_is_what_the_next_target_is_about()
    {
        using var folder = new TemporaryFolder();
        folder.Write("models/another/9.0.0/manifest.json", []);
        string data = LearnableDataSet.Write(folder, "blocks");

        BufferedCommandResult build = await RunAsync(
            "--target", "Train", "--target", "Verify", "--exclusive", "--output", folder["models"], "--data", data, "--model-version", "1.0.0", "--epochs", "1");

        Assert.Equal("", build.ExitCode == 0 ? "" : build.StandardError);
        Assert.Matches(@"(?m)^model .*blocks.1\.0\.0\r?$", build.StandardOutput);
        Assert.Matches(@"(?m)^neuraldigits verify blocks .*--model-version 1\.0\.0.*--retrain true\r?$", build.StandardOutput);
        Assert.Matches(@"(?m)^verified .*blocks.1\.0\.0\r?$", build.StandardOutput);
    }

    [FactWithBuiltTool]
    public async Task Tool_that_refuses_a_value_fails_the_build_with_its_message_and_exit_code()
    {
        BufferedCommandResult build = await RunAsync("--target", "Train", "--exclusive", "--epochs", "banana");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains("banana", build.StandardError, StringComparison.Ordinal);
        Assert.Contains("neuraldigits train ended with exit code 2 (wrong usage).", build.StandardError, StringComparison.Ordinal);
    }

    private static async Task<BufferedCommandResult> RunAsync(params string[] arguments)
    {
        (string shell, string[] script) = OperatingSystem.IsWindows()
            ? ("powershell", ["-NoProfile", "-ExecutionPolicy", "Bypass", "-File", Path.Combine(Repository.Root, "build.ps1")])
            : ("bash", new[] { Path.Combine(Repository.Root, "build.sh") });
        return await CliWrap.Cli.Wrap(shell)
            .WithArguments([.. script, .. arguments])
            .WithWorkingDirectory(AppContext.BaseDirectory)
            .WithEnvironmentVariables(environment => environment.Set("NO_COLOR", "1"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
    }

    /// <summary>Only the target Build, or Test after it, makes the tool that the build runs.</summary>
    private sealed class FactWithBuiltToolAttribute : FactAttribute
    {
        public FactWithBuiltToolAttribute()
        {
            string tool = Path.Combine(Repository.Root, "artifacts/bin/NeuralDigits.Cli/release/NeuralDigits.Cli.dll");
            if (!File.Exists(tool))
                Skip = $"{tool} is missing: run the target Build.";
        }
    }
}
