using System.Diagnostics;

namespace NeuralDigits.Tests;

/// <summary>A file system of its own that a test can fill, or make read-only. Needs Linux and the right to mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int PageLength = 4096;
    private const int Pages = 64;

    private readonly TemporaryFolder _folder = new();

    public SmallDisk()
    {
        if (!TryRun("mount", "-t", "tmpfs", "-o", $"size={Pages * PageLength}", "tmpfs", Root))
            throw new InvalidOperationException("A tmpfs cannot be mounted.");
    }

    /// <summary>Its root.</summary>
    public string Root => _folder.Path;

    /// <summary>Why there can be none; null if there can.</summary>
    public static string? Obstacle { get; } = FindObstacle();

    /// <summary>Fills it up to some free pages of 4096 bytes.</summary>
    public void LeavePages(int count)
    {
        string ballast = Path.Combine(Root, "ballast");
        File.Delete(ballast);
        long free = new DriveInfo(Root).AvailableFreeSpace;
        File.WriteAllBytes(ballast, new byte[free - (count * PageLength)]);
    }

    public void MakeReadOnly() => Assert.True(TryRun("mount", "-o", "remount,ro", Root));

    public void Dispose()
    {
        TryRun("umount", Root);
        _folder.Dispose();
    }

    private static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return "Needs Linux and the right to mount a file system.";
        try
        {
            using var disk = new SmallDisk();
            return null;
        }
        catch (Exception exception)
        {
            return exception.Message;
        }
    }

    private static bool TryRun(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A test that needs a <see cref="SmallDisk"/>; reported as skipped where there can be none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.Obstacle; // Only who may mount file systems can make a disk that is full.
}
