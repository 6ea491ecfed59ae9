using System.CommandLine;

namespace NeuralDigits.Cli;

/// <summary>The model that a command is about, named by its directory or by the name it is published under.</summary>
internal sealed class ModelArgument
{
    private readonly Argument<string?> _model;
    private readonly Option<string> _store;
    private readonly Option<string?> _version = CommonOptions.ModelVersion("The version of a published model. Default: the one published last.");

    private readonly bool _takesFiles;

    private ModelArgument(string description, ArgumentArity arity, Option<string> store, bool takesFiles)
    {
        _model = new Argument<string?>("MODEL") { Description = description, Arity = arity };
        _store = store;
        _takesFiles = takesFiles;
    }

    /// <summary>A model that has to be named.</summary>
    public static ModelArgument Required() =>
        new("A model directory, or the name of a published model.", ArgumentArity.ExactlyOne, CommonOptions.Output(), takesFiles: false);

    /// <summary>A model that need not be named where only one is published.</summary>
    public static ModelArgument Optional() =>
        new("A model directory, or the name of a published model. Default: the only one published.", ArgumentArity.ZeroOrOne, CommonOptions.Output(), takesFiles: false);

    /// <summary>A model or a file of one, for a command whose <c>--output</c> is something else.</summary>
    public static ModelArgument OrFile() => new(
        "A model directory, the name of a published model, or a file: model.safetensors, or model.zip of ML.NET, which holds a network alone.",
        ArgumentArity.ExactlyOne,
        CommonOptions.Models(),
        takesFiles: true);

    /// <summary>Lets a command take the model as its first argument.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Insert(0, _model);
        command.Options.Add(_store);
        command.Options.Add(_version);
    }

    /// <summary>The folder of the model, or its file; neither need exist.</summary>
    public string PathOf(ParseResult parsed)
    {
        string? model = parsed.GetValue(_model);
        string store = parsed.GetValue(_store)!;
        string? version = parsed.GetValue(_version);
        if (model is null || !(IsPath(model) || (_takesFiles && IsFile(model))))
            return PublishedModel.FolderOf(store, model ?? PublishedModel.OnlyName(store), version);
        return version is null
            ? model
            : throw new WrongUsageException($"MODEL is the path {model}: it holds one version, and --model-version cannot choose another.");
    }

    private static bool IsFile(string model) => File.Exists(model) || ExportForm.All.Any(form => Path.GetExtension(model) == form.Extension);

    private static bool IsPath(string model) =>
        Directory.Exists(model) || model.Contains(Path.DirectorySeparatorChar) || model.Contains(Path.AltDirectorySeparatorChar) || model is "." or "..";
}
