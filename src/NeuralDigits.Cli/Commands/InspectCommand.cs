using System.CommandLine;

namespace NeuralDigits.Cli;

/// <summary><c>neuraldigits inspect</c>: what a published model is and where it comes from.</summary>
internal static class InspectCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        var model = new ModelArgument(isRequired: false);
        Option<bool> json = CommonOptions.Json("Print the manifest, which is JSON.");
        var command = new Command("inspect", "Shows what a published model is: network, training, data, figures, origin, files.") { json };
        model.AddTo(command);
        command.SetAction(parsed =>
        {
            ModelDirectory opened = ModelDirectory.Open(model.Folder(parsed));
            if (parsed.GetValue(json))
                environment.Output.Write(File.ReadAllText(Path.Combine(opened.Folder, "manifest.json")));
            else
                ModelReport.Write(environment.Output, opened);
            return ExitCode.Done;
        });
        return command;
    }
}
