using System.CommandLine;

namespace NeuralDigits.Cli;

/// <summary>The model that a command is about, named by its directory or by the name it is published under.</summary>
internal sealed class ModelArgument
{
    private readonly Argument<string?> _model;
    private readonly Option<string> _output = CommonOptions.Output();
    private readonly Option<string?> _version = CommonOptions.ModelVersion("The version of a published model. Default: the one published last.");

    public ModelArgument(bool isRequired)
    {
        _model = new Argument<string?>("MODEL")
        {
            Description = "A model directory, or the name of a published model" + (isRequired ? "." : ". Default: the only one published."),
            Arity = isRequired ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
        };
    }

    /// <summary>Lets a command take the model as its first argument.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Insert(0, _model);
        command.Options.Add(_output);
        command.Options.Add(_version);
    }

    /// <summary>The folder of the model, which need not exist.</summary>
    public string Folder(ParseResult parsed)
    {
        string? model = parsed.GetValue(_model);
        string output = parsed.GetValue(_output)!;
        string? version = parsed.GetValue(_version);
        if (model is null || !IsPath(model))
            return PublishedModel.FolderOf(output, model ?? PublishedModel.OnlyName(output), version);
        return version is null
            ? model
            : throw new WrongUsageException($"MODEL is the directory {model}: it holds one version, and --model-version cannot choose another.");
    }

    private static bool IsPath(string model) =>
        Directory.Exists(model) || model.Contains(Path.DirectorySeparatorChar) || model.Contains(Path.AltDirectorySeparatorChar) || model is "." or "..";
}
