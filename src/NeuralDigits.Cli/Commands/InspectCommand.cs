using System.CommandLine;
using System.Text;

namespace NeuralDigits.Cli;

/// <summary><c>neuraldigits inspect</c>: what a published model is and where it comes from.</summary>
internal static class InspectCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        var model = ModelArgument.Optional();
        Option<bool> json = CommonOptions.Json("Print the manifest, which is JSON.");
        var command = new Command("inspect", "Shows what a published model is: network, training, data, figures, origin, files.") { json };
        model.AddTo(command);
        command.SetAction(parsed =>
        {
            ModelDirectory opened = ModelDirectory.Open(model.PathOf(parsed));
            if (parsed.GetValue(json) && opened.Content.TryGetFile(ModelContent.ManifestFileName, out ReadOnlyMemory<byte> manifest))
                environment.Output.Write(Encoding.UTF8.GetString(manifest.Span));
            else
                ModelReport.Write(environment.Output, opened);
            return ExitCode.Done;
        });
        return command;
    }
}
