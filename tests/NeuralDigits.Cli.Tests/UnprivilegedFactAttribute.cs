using CliWrap;

namespace NeuralDigits.Cli.Tests;

/// <summary>A test of what a user may not do; reported as skipped where the one who tests may do all and cannot become another.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnprivilegedFactAttribute : FactAttribute
{
    // The user and the group that own nothing.
    private const string Nobody = "65534";

    public UnprivilegedFactAttribute()
    {
        Skip = new LinuxFactAttribute().Skip; // The rights of files are those of Unix, and the users those of Linux.
        if (Skip is null && Environment.IsPrivilegedProcess && !File.Exists("/usr/bin/setpriv"))
            Skip = "Needs /usr/bin/setpriv to run the tool as a user who may not do all."; // To one who may do all, nothing is refused.
        if (Skip is null && Environment.IsPrivilegedProcess && ClosedFolder() is { } closed)
            Skip = $"Needs a copy of the project that other users may read: they may not enter {closed}."; // The tool could not be started.
    }

    /// <summary>The command as a user runs it who may not do all.</summary>
    public static Command Drop(Command command) => !Environment.IsPrivilegedProcess
        ? command
        : command.WithTargetFile("/usr/bin/setpriv").WithArguments(
            $"--reuid={Nobody} --regid={Nobody} --clear-groups {command.TargetFilePath} {command.Arguments}");

    // One that the tool lies in and that others may not enter.
    private static string? ClosedFolder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
            folder = folder.Parent;
        return folder?.FullName;
    }
}
