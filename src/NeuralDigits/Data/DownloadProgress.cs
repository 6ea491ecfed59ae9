namespace NeuralDigits;

/// <summary>How far the download of a file is.</summary>
public sealed class DownloadProgress
{
    /// <summary>States how far it is.</summary>
    public DownloadProgress(string host, string file, long bytes, long? total) => (Host, File, Bytes, Total) = (host, file, bytes, total);

    /// <summary>The host that serves the file.</summary>
    public string Host { get; }

    /// <summary>The file's name.</summary>
    public string File { get; }

    /// <summary>Bytes received; 0 when the connection is about to be made.</summary>
    public long Bytes { get; }

    /// <summary>Bytes there are; <see langword="null"/> where nobody knows.</summary>
    public long? Total { get; }
}
