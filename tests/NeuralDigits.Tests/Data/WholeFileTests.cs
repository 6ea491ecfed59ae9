using System.Text;

namespace NeuralDigits.Tests;

/// <summary>Files that appear whole or not at all, and what is left of those that did not.</summary>
public sealed class WholeFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void What_a_killed_writer_left_is_deleted_by_the_next_one_and_nothing_else_is()
    {
        string left = Temporary("model.onnx");
        string[] others = [Temporary("model.zip"), "model.onnx.tmp", "model.onnx.backup", $"model.onnx.{new string('x', 32)}.tmp"];
        foreach (string name in others.Append(left))
            _folder.Write(name, [1]);

        WholeFile.Write(_folder["model.onnx"], "new"u8);

        Assert.Equal(others.Append("model.onnx").Order(StringComparer.Ordinal), Names());
        Assert.Equal("new", File.ReadAllText(_folder["model.onnx"]));
    }

    [Fact]
    public void What_another_one_still_writes_is_left_alone()
    {
        string name = Temporary("model.onnx");
        using (new FileStream(_folder[name], FileMode.CreateNew, FileAccess.Write, FileShare.Delete))
        {
            WholeFile.Write(_folder["model.onnx"], "new"u8);
            Assert.Contains(name, Names());
        }
    }

    [Fact]
    public void A_file_that_is_not_to_be_replaced_stays_and_nothing_is_left_beside_it()
    {
        _folder.Write("model.onnx", "old"u8.ToArray());

        Assert.Throws<IOException>(() => WholeFile.Write(_folder["model.onnx"], "new"u8, replace: false));

        Assert.Equal(["model.onnx"], Names());
        Assert.Equal("old", File.ReadAllText(_folder["model.onnx"]));
        WholeFile.Write(_folder["model.onnx"], "new"u8);
        Assert.Equal("new", Encoding.UTF8.GetString(File.ReadAllBytes(_folder["model.onnx"])));
    }

    [Fact]
    public async Task Of_many_writers_at_once_each_writes_the_whole_file()
    {
        const int rounds = 30; // Each writer sweeps what it takes for a leftover, for a moment also what another has just begun.
        byte[][] contents = [.. Enumerable.Range(0, 8).Select(i => Enumerable.Repeat((byte)i, 10_000).ToArray())];

        for (int round = 0; round < rounds; round++)
        {
            await Task.WhenAll(contents.Select(content => Task.Run(() => WholeFile.Write(_folder["model.onnx"], content))));

            Assert.Contains(File.ReadAllBytes(_folder["model.onnx"]), contents);
            Assert.Equal(["model.onnx"], Names());
        }
    }

    public void Dispose() => _folder.Dispose();

    private static string Temporary(string file) => Path.GetFileName(WholeFile.TemporaryFor(file));

    private IEnumerable<string> Names() => Directory.GetFiles(_folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}
