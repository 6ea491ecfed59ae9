using System.CommandLine;

namespace NeuralDigits.Cli;

/// <summary><c>neuraldigits export</c>: from one form of a model to another.</summary>
internal static class ExportCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        var model = ModelArgument.OrFile();
        Option<string> form = new("--to") { Description = "The form to write.", HelpName = string.Join('|', Names), Required = true };
        form.AcceptOnlyFromAmong(Names);
        Option<string> output = new("--output", "-o") { Description = "The file to write.", HelpName = "FILE", Required = true };
        Option<bool> force = new("--force") { Description = "Replace the file if it exists." };
        var command = new Command("export", "Writes a model in another form.") { form, output, force };
        model.AddTo(command);
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(output)!;
            NewFile.RequireNone(path, parsed.GetValue(force));
            ReadOnlyMemory<byte> content = Export(model.PathOf(parsed), ExportForm.All.Single(known => known.Name == parsed.GetValue(form)));
            NewFile.Write(path, content.Span, parsed.GetValue(force));
            environment.Output.WriteLine($"model {Path.GetFullPath(path)}");
            return ExitCode.Done;
        });
        return command;
    }

    private static string[] Names => [.. ExportForm.All.Select(form => form.Name)];

    private static ReadOnlyMemory<byte> Export(string source, ExportForm form)
    {
        if (!Directory.Exists(source))
            return form.Write(ReadFile(source));

        // A published zip tells more than can be made of the model, such as how it was trained.
        ModelDirectory directory = ModelDirectory.Open(source);
        return directory.Content.TryGetFile(form.PublishedName, out ReadOnlyMemory<byte> published) ? published : form.Write(directory.Model);
    }

    private static Model ReadFile(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no model directory or file {path}.");
        return Path.GetExtension(path) switch
        {
            ".safetensors" => ModelFile.Load(path),
            ".zip" => MlNetFile.Read(path),
            _ => throw new WrongUsageException($"{path} is of a form that cannot be read; expected a model directory, a .safetensors or a .zip file."),
        };
    }
}
