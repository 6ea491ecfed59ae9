namespace NeuralDigits.MSBuild;

/// <summary>Keeps other builds out of a folder, in this process and in others; let go of by the system when a process ends.</summary>
internal static class FolderLock
{
    // It stays behind, and marks the folder as one that dotnet clean removes.
    private const string FileName = ".neuraldigits";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until nobody else has the folder.</summary>
    /// <param name="folder">The folder, which is made if need be.</param>
    /// <param name="onWait">Told once, with the reason, if there is something to wait for.</param>
    /// <param name="isCancelled">Whether to wait no longer.</param>
    /// <returns>What lets go of the folder when it is disposed of; null if the waiting was cancelled.</returns>
    /// <exception cref="IOException">The folder cannot be written, for another reason than that somebody has it.</exception>
    public static IDisposable? Take(string folder, Action<string> onWait, Func<bool> isCancelled)
    {
        Directory.CreateDirectory(folder);
        for (bool told = false; !isCancelled(); told = true)
        {
            try
            {
                return new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (HeldFile.IsReasonOf(exception))
            {
                if (!told)
                    onWait(exception.Message);
                Thread.Sleep(Pause);
            }
        }

        return null;
    }
}
