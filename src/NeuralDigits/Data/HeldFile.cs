namespace NeuralDigits;

/// <summary>Tells a file that another process holds from one that cannot be opened at all.</summary>
internal static class HeldFile
{
    /// <summary>Whether a file could not be opened because another process has it open for itself alone.</summary>
    // EWOULDBLOCK of Linux and of macOS, and ERROR_SHARING_VIOLATION of Windows.
    public static bool IsReasonOf(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);
}
