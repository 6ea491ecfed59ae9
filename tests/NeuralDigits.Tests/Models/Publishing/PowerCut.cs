namespace NeuralDigits.Tests;

/// <summary>
/// A disk that remembers only what was flushed: the content of files by their own flush, names in a folder by the folder's.
/// </summary>
internal sealed class PowerCut(int at) : FaultyFiles(at, dies: true)
{
    private readonly HashSet<string> _contents = [];
    private readonly List<Change> _names = [];

    public override void CreateFolder(string path)
    {
        base.CreateFolder(path);
        _names.Add(new Change(path, made => Directory.Delete(made, recursive: true)));
    }

    public override FileStream Create(string path)
    {
        FileStream file = base.Create(path);
        _contents.Add(path);
        _names.Add(new Change(path, File.Delete));
        return file;
    }

    public override void Flush(FileStream file)
    {
        base.Flush(file);
        _contents.Remove(file.Name);
    }

    public override void FlushFolder(string path)
    {
        base.FlushFolder(path);
        _names.RemoveAll(change => Path.GetDirectoryName(change.Name) == path);
    }

    public override void MoveFolder(string from, string to)
    {
        base.MoveFolder(from, to);
        string[] moved = [.. _contents.Where(path => IsIn(from, path))];
        _contents.ExceptWith(moved);
        _contents.UnionWith(moved.Select(path => to + path[from.Length..]));
        foreach (Change change in _names.Where(change => IsIn(from, change.Name)))
            change.Name = to + change.Name[from.Length..];
        _names.Add(new Change(to, name => Directory.Move(name, from)));
    }

    public override void ReplaceFile(string from, string to)
    {
        byte[]? old = File.Exists(to) ? File.ReadAllBytes(to) : null;
        base.ReplaceFile(from, to);
        if (_contents.Remove(from))
            _contents.Add(to);
        _names.Add(new Change(to, name => Restore(name, from, old)));
    }

    /// <summary>What the disk looks like after the cut. Of names that were not flushed, none is certain: all are left, or none.</summary>
    public void Lose(bool namesToo)
    {
        foreach (string path in _contents.Where(File.Exists))
            File.WriteAllBytes(path, []);
        foreach (Change change in Enumerable.Reverse(_names).Where(change => namesToo && Path.Exists(change.Name)))
            change.Undo(change.Name);
    }

    private static bool IsIn(string folder, string path) => path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static void Restore(string path, string source, byte[]? old)
    {
        File.Move(path, source);
        if (old is not null)
            File.WriteAllBytes(path, old);
    }

    private sealed class Change(string name, Action<string> undo)
    {
        public string Name { get; set; } = name;

        public Action<string> Undo { get; } = undo;
    }
}
