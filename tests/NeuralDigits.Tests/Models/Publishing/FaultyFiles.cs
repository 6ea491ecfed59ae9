namespace NeuralDigits.Tests;

/// <summary>A disk of which one operation fails, or at which the process dies: then every later one fails too.</summary>
internal class FaultyFiles(int failing, bool dies) : StoreFiles
{
    private int _operations;

    /// <summary>Whether it came to the operation that fails.</summary>
    public bool HasFailed => _operations >= failing;

    public override void CreateFolder(string path)
    {
        Step(path);
        base.CreateFolder(path);
    }

    public override FileStream Create(string path)
    {
        Step(path);
        return base.Create(path);
    }

    /// <remarks>One that fails has written half.</remarks>
    public override void Write(FileStream file, ReadOnlySpan<byte> content)
    {
        int written = dies && HasFailed ? 0 : content.Length / 2;
        base.Write(file, content[..written]);
        Step(file.Name);
        base.Write(file, content[written..]);
    }

    public override void Flush(FileStream file)
    {
        Step(file.Name);
        base.Flush(file);
    }

    public override void FlushFolder(string path)
    {
        Step(path);
        base.FlushFolder(path);
    }

    public override void MoveFolder(string from, string to)
    {
        Step(to);
        base.MoveFolder(from, to);
    }

    public override void ReplaceFile(string from, string to)
    {
        Step(to);
        base.ReplaceFile(from, to);
    }

    /// <remarks>One that fails has deleted something.</remarks>
    public override void DeleteFolder(string path)
    {
        if (!HasFailed && Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).FirstOrDefault() is { } file)
            File.Delete(file);
        Step(path);
        base.DeleteFolder(path);
    }

    /// <remarks>The lock of a process that dies is let go of, but its file stays.</remarks>
    public override FileStream Lock(string path, FileMode mode)
    {
        Step(path);
        return dies ? new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None) : base.Lock(path, mode);
    }

    private void Step(string path)
    {
        _operations++;
        if (_operations == failing || (dies && HasFailed))
            throw new IOException($"Operation {failing} was made to fail : '{path}'");
    }
}
