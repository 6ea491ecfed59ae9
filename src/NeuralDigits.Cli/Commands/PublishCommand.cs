using System.CommandLine;

namespace NeuralDigits.Cli;

/// <summary><c>neuraldigits publish</c>: gives a published model another version, as when a candidate becomes a release.</summary>
internal static class PublishCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        Option<string> output = CommonOptions.Output();
        Option<string?> name = CommonOptions.ModelName();
        Option<string?> from = new("--from-version") { Description = "The version to publish again. Default: the one published last.", HelpName = "VERSION" };
        Option<string?> version = CommonOptions.ModelVersion("The version to publish it as. Default: the tool's version.");
        var command = new Command("publish", "Publishes a model again, under another version.") { output, name, from, version };
        command.SetAction(parsed =>
        {
            PublishedModel.CheckName(name: null, parsed.GetValue(version));
            ModelDirectory model = PublishedModel.Open(
                parsed.GetValue(output)!, parsed.GetValue(name) ?? PublishedModel.OnlyName(parsed.GetValue(output)!), parsed.GetValue(from));
            string tool = ToolVersion.ForModels(environment.ToolVersion);
            ModelContent content = model.Content.As(model.Manifest.Name, parsed.GetValue(version) ?? tool, tool);
            ModelPublication.Publish(parsed.GetValue(output)!, content, environment);
            return ExitCode.Done;
        });
        return command;
    }
}
