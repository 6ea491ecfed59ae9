namespace NeuralDigits;

/// <summary>
/// A file that one process at a time holds. The system lets go of it when the process ends, in whatever way; the file itself stays, as deleting
/// it would let two hold files of the same name.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Takes the lock, and waits for it as long as another has it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="waiting">Is told once if there is something to wait for, or <see langword="null"/>.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The lock, held until it is disposed.</returns>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be made.</exception>
    public static async Task<IDisposable> TakeAsync(string path, Action? waiting, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException exception) when (HeldFile.IsReasonOf(exception))
            {
                waiting?.Invoke();
                waiting = null;
            }

            await Task.Delay(Interval, cancellation).ConfigureAwait(false);
        }
    }
}
