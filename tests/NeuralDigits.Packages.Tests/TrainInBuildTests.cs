using System.Text;
using CliWrap.Buffered;
using NeuralDigits.Cli.Tests;

namespace NeuralDigits.Packages.Tests;

/// <summary>A model as an output of the build: the package NeuralDigits.MSBuild in a project of its own.</summary>
[Collection(PackedPackagesGroup.Name)]
public sealed class TrainInBuildTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TrainInBuildProject _project;

    public TrainInBuildTests(PackedPackages packages) => _project = new TrainInBuildProject(_folder, packages);

    private static string Output => Path.Combine("bin", "Debug", "net10.0");

    private string ModelFile => Path.Combine(_project.Folder, Output, "models", "digits", "model.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_build_trains_once_puts_the_model_beside_the_program_and_into_what_is_published_and_clean_removes_it()
    {
        string first = await BuildAsync();
        string second = await BuildAsync();
        Assert.Equal(1, TrainInBuildProject.TrainingsIn(first));
        Assert.Equal(0, TrainInBuildProject.TrainingsIn(second));
        Assert.Contains("digits is up to date", second, StringComparison.Ordinal);
        Assert.Single(Lines(first), line => line.Contains("digits: ", StringComparison.Ordinal));
        Assert.Single(Lines(second), line => line.Contains("digits is ", StringComparison.Ordinal));

        string images = Path.Combine("data", "t10k-images-idx3-ubyte");
        string[] classes = Lines(await DotNet.RunAsync(_project.Folder, Path.Combine(Output, "TrainInBuild.dll"), images));
        Assert.Equal(Enumerable.Range(0, LearnableDataSet.TestCount).Select(i => $"{i % 10}"), classes);

        string published = await DotNet.RunAsync(_project.Folder, "publish", "--output", "published");
        Assert.Equal(0, TrainInBuildProject.TrainingsIn(published));
        Assert.Equal(classes, Lines(await DotNet.RunAsync(_project.Folder, Path.Combine("published", "TrainInBuild.dll"), images)));

        await DotNet.RunAsync(_project.Folder, "clean");
        Assert.Empty(_project.TrainedModels);
        Assert.False(File.Exists(ModelFile));
    }

    [Fact]
    public async Task Changed_options_and_changed_data_train_again_and_those_of_before_bring_their_model_back()
    {
        await BuildAsync();
        byte[] first = await File.ReadAllBytesAsync(ModelFile);

        _project.Edit("Seed=\"1\"", "Seed=\"2\"");
        Assert.Equal(1, TrainInBuildProject.TrainingsIn(await BuildAsync()));
        Assert.NotEqual(first, await File.ReadAllBytesAsync(ModelFile));

        _project.Edit("Seed=\"2\"", "Seed=\"1\"");
        string labels = Path.Combine(_project.Data, "train-labels-idx1-ubyte");
        File.SetLastWriteTimeUtc(labels, DateTime.UtcNow);
        Assert.Equal(0, TrainInBuildProject.TrainingsIn(await BuildAsync()));
        Assert.Equal(first, await File.ReadAllBytesAsync(ModelFile));

        byte[] changed = await File.ReadAllBytesAsync(labels);
        changed[^1] ^= 1;
        _folder.Write(labels, changed);
        Assert.Equal(1, TrainInBuildProject.TrainingsIn(await BuildAsync()));
    }

    [Fact]
    public async Task Pictures_in_a_folder_for_each_class_train_a_model_and_train_it_again_when_one_of_them_changes()
    {
        string pictures = Path.Combine(_project.Folder, "pictures");
        foreach (int i in Enumerable.Range(0, 20))
            Draw(i % 2, i, pen: 5 + i);
        _project.Edit("TrainingData=\"data\"", "TrainingData=\"pictures\"");
        _project.Edit("MinAccuracy=\"0.96\"", "");

        Assert.Equal(1, TrainInBuildProject.TrainingsIn(await BuildAsync()));
        Draw(1, 7, pen: 30);
        Assert.Equal(1, TrainInBuildProject.TrainingsIn(await BuildAsync()));
        Assert.Equal(0, TrainInBuildProject.TrainingsIn(await BuildAsync()));

        void Draw(int digit, int number, int pen) => _folder.Write(
            Path.Combine(pictures, $"{digit}", $"{number}.png"), PictureBytes.GreyPng(SegmentDigits.Draw(digit, 120, 80, 10, 10, 90, pen)));
    }

    [Theory]
    [InlineData("MinAccuracy=\"0.96\"", "Epochs=\"1\" LearningRate=\"0.0001\" MinAccuracy=\"0.96\"", "ND0001", "floor of 0.96 set by MinAccuracy")]
    [InlineData("Hidden=\"60\"", "Hidden=\"many\"", "ND0002", "Hidden is 'many'; expected")]
    [InlineData("Hidden=\"60\"", "Hiden=\"60\"", "ND0002", "no option Hiden. The options are TrainingData, Hidden,")]
    [InlineData("Include=\"digits\"", "Include=\"../digits\"", "ND0002", "expected lower-case letters")]
    [InlineData("TrainingData=\"data\"", "", "ND0002", "no TrainingData")]
    [InlineData("TrainingData=\"data\"", "TrainingData=\" \"", "ND0002", "no TrainingData")]
    [InlineData("TrainingData=\"data\"", "TrainingData=\"auto\"", "ND0002", "other data on other machines")]
    [InlineData("TrainingData=\"data\"", "TrainingData=\"nowhere\"", "ND0003", "given by TrainingData, is neither the name of a data set nor a folder")]
    [InlineData("TrainingData=\"data\"", "TrainingData=\"./nowhere\"", "ND0003", "given by TrainingData, is missing")]
    public async Task What_is_wrong_is_an_error_with_a_code_at_the_line_of_the_item(string before, string after, string code, string message)
    {
        _project.Edit(before.StartsWith("MinAccuracy", StringComparison.Ordinal) ? "Epochs=\"30\" Seed=\"1\" " + before : before, after);
        int line = 1 + Array.FindIndex(await File.ReadAllLinesAsync(_project.File), text => text.Contains("<NeuralDigitsModel", StringComparison.Ordinal));

        BufferedCommandResult build = await DotNet.TryRunAsync(_project.Folder, "build", "-t:TrainModels");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains($"TrainInBuild.csproj({line},6): error {code}: ", build.StandardOutput, StringComparison.Ordinal);
        Assert.Contains(message, build.StandardOutput, StringComparison.Ordinal);
        Assert.Empty(_project.TrainedModels);
    }

    [Fact]
    public async Task A_data_set_that_the_trainer_knows_is_given_by_its_name()
    {
        _project.Edit("TrainingData=\"data\"", "TrainingData=\"synthetic\"");
        _project.Edit("Epochs=\"30\" Seed=\"1\" MinAccuracy=\"0.96\"", "Epochs=\"1\"");

        string first = await BuildAsync();
        string second = await BuildAsync();

        Assert.Equal((1, 0), (TrainInBuildProject.TrainingsIn(first), TrainInBuildProject.TrainingsIn(second)));
        Assert.NotNull(ModelDirectory.Open(Path.GetDirectoryName(ModelFile)!).Manifest.Data.Generator);
    }

    [Fact]
    public async Task Clean_leaves_what_is_not_a_model_in_a_folder_that_the_project_names()
    {
        _project.Edit("<OutputType>", "<NeuralDigitsModelsDirectory>kept</NeuralDigitsModelsDirectory><OutputType>");
        string[] others = [Path.Combine(_project.Folder, "kept", "notes.txt"), Path.Combine(_project.Folder, "kept", "other", "notes.txt")];
        foreach (string other in others)
            _folder.Write(other, "mine"u8);
        await DotNet.RunAsync(_project.Folder, "build", "-t:TrainModels");
        Assert.True(Directory.Exists(Path.Combine(_project.Folder, "kept", "digits")));

        await DotNet.RunAsync(_project.Folder, "clean");

        Assert.All(others, other => Assert.True(File.Exists(other)));
        Assert.False(Directory.Exists(Path.Combine(_project.Folder, "kept", "digits")));
    }

    [Fact]
    public async Task An_altered_model_fails_verification()
    {
        await DotNet.RunAsync(_project.Folder, "build", "-t:VerifyModels");
        string model = Path.Combine(Assert.Single(_project.TrainedModels), "model.safetensors");
        byte[] altered = await File.ReadAllBytesAsync(model);
        altered[^1] ^= 1;
        _folder.Write(model, altered);

        BufferedCommandResult verification = await DotNet.TryRunAsync(_project.Folder, "build", "-t:VerifyModels", "--no-restore");

        Assert.NotEqual(0, verification.ExitCode);
        Assert.Contains(": error ND0005: ", verification.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_design_time_build_trains_nothing()
    {
        await DotNet.RunAsync(_project.Folder, "build", "-t:ResolveReferences;AssignTargetPaths", "-p:DesignTimeBuild=true");

        Assert.Empty(_project.TrainedModels);
    }

    [Fact]
    public async Task Visual_Studio_leaves_it_to_the_build_whether_to_train()
    {
        await DotNet.RunAsync(_project.Folder, "restore");

        string value = await DotNet.RunAsync(_project.Folder, "msbuild", "-getProperty:DisableFastUpToDateCheck");

        Assert.Equal("true", value.Trim());
    }

    [LinuxFact]
    public async Task A_folder_that_cannot_be_locked_is_an_error_and_no_reason_to_wait()
    {
        string models = Directory.CreateDirectory(Path.Combine(_project.Folder, "obj", "neuraldigits", "digits")).FullName;
        File.CreateSymbolicLink(Path.Combine(models, ".neuraldigits"), ".neuraldigits");
        using var whereItWaits = new CancellationTokenSource(TimeSpan.FromMinutes(3));

        BufferedCommandResult build = await DotNet.Command(_project.Folder, "build", "-t:TrainModels").ExecuteBufferedAsync(whereItWaits.Token);

        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains(": error ND0003: ", build.StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_builds_at_once_train_once()
    {
        await DotNet.RunAsync(_project.Folder, "restore");

        string[] logs = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ =>
            DotNet.RunAsync(_project.Folder, "build", "-t:TrainModels", "--no-restore")));

        Assert.Equal(1, logs.Sum(TrainInBuildProject.TrainingsIn));
    }

    [Fact]
    public async Task Several_models_of_several_target_frameworks_are_trained_once_each_and_reach_the_projects_that_reference_them()
    {
        _project.Edit("<OutputType>Exe</OutputType>", "");
        _project.Edit("<TargetFramework>net10.0</TargetFramework>", "<TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks><LangVersion>latest</LangVersion>");
        _project.Edit("<PackageReference Include=\"NeuralDigits\"", "<Compile Remove=\"Program.cs\" /><PackageReference Condition=\"false\" Include=\"NeuralDigits\"");
        _project.Edit("<NeuralDigitsModel Include", "<NeuralDigitsModel Include=\"quick\" TrainingData=\"data\" Epochs=\"1\" Augment=\"shift\" /><NeuralDigitsModel Include");
        _folder.Write("App/App.csproj", Encoding.UTF8.GetBytes("""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><ProjectReference Include="../TrainInBuild/TrainInBuild.csproj" /></ItemGroup>
            </Project>
            """));

        string log = await DotNet.RunAsync(_folder["App"], "build");
        string all = await DotNet.RunAsync(_project.Folder, "build");

        Assert.Equal(2, TrainInBuildProject.TrainingsIn(log + all));
        Assert.Single(Lines(all), line => line.Contains("digits is ", StringComparison.Ordinal));
        foreach (string model in (string[])["digits", "quick"])
            Assert.True(File.Exists(_folder[Path.Combine("App", Output, "models", model, "manifest.json")]), $"{model} is missing.");
        string manifest = await File.ReadAllTextAsync(_folder[Path.Combine("App", Output, "models", "quick", "manifest.json")]);
        Assert.Contains("\"augmentation\": \"shift\"", manifest, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task An_interrupted_build_leaves_no_part_of_a_model()
    {
        _project.Edit("Epochs=\"30\"", "Epochs=\"1000000\"");
        await DotNet.RunAsync(_project.Folder, "restore");

        int exitCode = await Interruption.AtLineAsync(
            DotNet.Command(_project.Folder, "build", "-t:TrainModels", "--no-restore", "-v:normal"), line => line.Contains("digits: Epoch 1:", StringComparison.Ordinal));

        Assert.NotEqual(0, exitCode);
        Assert.Empty(_project.TrainedModels);
    }

    private Task<string> BuildAsync() => DotNet.RunAsync(_project.Folder, "build", "-v:minimal");

    private static string[] Lines(string output) =>
        output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
