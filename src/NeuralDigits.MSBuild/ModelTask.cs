using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace NeuralDigits.MSBuild;

/// <summary>Does something to a declared model by a command of the tool neuraldigits, in a process of its own.</summary>
public abstract class ModelTask : ToolTask
{
    private const string ErrorPrefix = "error: ";
    private const string WarningPrefix = "warning: ";

    private readonly List<string> _errors = [];
    private readonly List<string> _otherComplaints = [];
    private volatile bool _isCancelled;
    private ItemLocation? _location;
    private string _commandLine = "";

    /// <summary>The item that declares the model.</summary>
    [Required]
    public ITaskItem[] Model { get; set; } = [];

    /// <summary>The model's name, by which MSBuild calls the task once for each.</summary>
    [Required]
    public string Name { get; set; } = "";

    /// <summary>The folder of all models of the project.</summary>
    [Required]
    public string ModelsDirectory { get; set; } = "";

    /// <summary>The folder of the project.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>The assembly of the tool.</summary>
    [Required]
    public string Trainer { get; set; } = "";

    /// <summary>The dotnet command that runs the build; found by the search path where it is empty.</summary>
    public string DotNetHost { get; set; } = "";

    /// <summary>What it is, as a code, that the tool ends with: 1 for a failed check, 2 for wrong usage, 3 for bad data or a bad model.</summary>
    private protected virtual string CodeOf(int exitCode) => exitCode switch
    {
        1 => DiagnosticCode.GateFailed,
        2 => DiagnosticCode.WrongItem,
        3 => DiagnosticCode.BadData,
        _ => DiagnosticCode.TrainerFailed,
    };

    /// <summary>Whether the build is to end.</summary>
    private protected bool IsCancelled => _isCancelled;

    /// <inheritdoc />
    protected override string ToolName => Path.DirectorySeparatorChar == '\\' ? "dotnet.exe" : "dotnet";

    /// <inheritdoc />
    /// <remarks>Another one than that of the standard output: it tells them apart.</remarks>
    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.Normal;

    /// <inheritdoc />
    public sealed override bool Execute()
    {
        _location = ItemLocation.Of(Model[Model.Length - 1]);
        if (Model.Length > 1)
        {
            LogError(DiagnosticCode.WrongItem, $"The model '{Name}' is declared {Model.Length} times. Give each model a name of its own.");
            return false;
        }

        try
        {
            ModelItem model = ModelItem.Read(Model[0], ProjectDirectory);
            string folder = Path.Combine(ModelsDirectory, model.Name);
            return Execute(model, folder, Path.Combine(folder, TrainingInputs.KeyOf(model, Trainer))) && !Log.HasLoggedErrors;
        }
        catch (FormatException exception)
        {
            LogError(DiagnosticCode.WrongItem, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogError(DiagnosticCode.BadData, exception.Message);
        }

        return false;
    }

    /// <inheritdoc />
    public override void Cancel()
    {
        _isCancelled = true;
        base.Cancel();
    }

    /// <summary>Does it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="folder">The folder of all that was trained under its name.</param>
    /// <param name="modelDirectory">Where the model is, once it is trained.</param>
    /// <returns>Whether it is done; if not, it has been told why.</returns>
    private protected abstract bool Execute(ModelItem model, string folder, string modelDirectory);

    /// <summary>Shows a line that the tool wrote, and that is no error and no warning.</summary>
    private protected virtual void LogOutput(string line) => Log.LogMessage(MessageImportance.Normal, "{0}", $"{Name}: {line}");

    /// <summary>Runs a command of the tool.</summary>
    /// <param name="arguments">The command with its arguments.</param>
    /// <returns>Whether it succeeded; if not, it has been told why.</returns>
    private protected bool Run(params string[] arguments)
    {
        _errors.Clear();
        _otherComplaints.Clear();
        var line = new CommandLineBuilder(quoteHyphensOnCommandLine: false);
        line.AppendSwitch("exec");
        // Where there is no runtime of the tool's own version, a newer one does.
        line.AppendSwitch("--roll-forward Major");
        foreach (string argument in (string[])[Trainer, .. arguments])
            line.AppendSwitchIfNotNull("", argument);
        _commandLine = line.ToString();
        return base.Execute();
    }

    /// <inheritdoc />
    protected override string GenerateCommandLineCommands() => _commandLine;

    /// <inheritdoc />
    protected override string? GenerateFullPathToTool() => DotNetHost.Length == 0 ? null : DotNetHost;

    /// <inheritdoc />
    protected override string GetWorkingDirectory() => ProjectDirectory;

    /// <inheritdoc />
    protected override void LogToolCommand(string message) => Log.LogCommandLine(MessageImportance.Low, message);

    /// <inheritdoc />
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        if (singleLine.StartsWith(ErrorPrefix, StringComparison.Ordinal))
        {
            _errors.Add(singleLine.Substring(ErrorPrefix.Length));
        }
        else if (singleLine.StartsWith(WarningPrefix, StringComparison.Ordinal))
        {
            LogWarning(singleLine.Substring(WarningPrefix.Length));
        }
        else if (singleLine.Length > 0)
        {
            // Of a wrong command line or a crash, the line has no prefix.
            if (messageImportance == StandardErrorLoggingImportance)
                _otherComplaints.Add(singleLine);
            LogOutput(singleLine);
        }
    }

    /// <inheritdoc />
    protected override bool HandleTaskExecutionErrors()
    {
        if (_isCancelled)
            return false;
        List<string> complaints = _errors.Count > 0 ? _errors : _otherComplaints;
        LogError(CodeOf(ExitCode), complaints.Count > 0 ? string.Join(" ", complaints) : $"The trainer ended with exit code {ExitCode}, and said nothing.");
        return false;
    }

    private protected void LogError(string code, string message) =>
        Log.LogError(null, code, null, _location!.File, _location.Line, _location.Column, 0, 0, "{0}", ModelItem.InWordsOfProject(message));

    private void LogWarning(string message) => Log.LogWarning(
        null, DiagnosticCode.Warning, null, _location!.File, _location.Line, _location.Column, 0, 0, "{0}", ModelItem.InWordsOfProject(message));
}
