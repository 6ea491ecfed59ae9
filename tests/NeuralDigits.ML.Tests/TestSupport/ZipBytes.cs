using System.IO.Compression;

namespace NeuralDigits.ML.Tests;

/// <summary>Zip archives made and unmade, as an attacker would.</summary>
internal static class ZipBytes
{
    public static (string Name, byte[] Content)[] Entries(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return [.. archive.Entries.Select(entry => (entry.FullName, Content(entry)))];
    }

    /// <summary>An archive whose checksums are right.</summary>
    public static byte[] Of(params (string Name, byte[] Content)[] entries) => Of(CompressionLevel.NoCompression, entries);

    public static byte[] Of(CompressionLevel compression, params (string Name, byte[] Content)[] entries)
    {
        using var buffer = new MemoryStream();
        Write(buffer, compression, entries);
        return buffer.ToArray();
    }

    /// <summary>An archive by a writer that cannot go back in what it has written.</summary>
    public static byte[] Streamed(params (string Name, byte[] Content)[] entries)
    {
        using var buffer = new MemoryStream();
        using (var copy = new OneWayStream(buffer))
            Write(copy, CompressionLevel.Optimal, entries);
        return buffer.ToArray();
    }

    private static void Write(Stream stream, CompressionLevel compression, (string Name, byte[] Content)[] entries)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, byte[] content) in entries)
        {
            using Stream entry = archive.CreateEntry(name, compression).Open();
            entry.Write(content);
        }
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private sealed class OneWayStream(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }
}
