using CliWrap;

namespace NeuralDigits.Tests;

/// <summary>Whatever happens to a file of a model directory, it is refused, or the model is the same.</summary>
[Trait("Category", "Slow")]
public sealed class DamagedDirectoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelContent _content = TinyModel.Create(withOnnx: true);
    private readonly string _directory;

    public DamagedDirectoryTests()
    {
        var store = new ModelStore(_folder["models"]);
        store.Publish(_content);
        _directory = store.FolderOf("tiny", "1.0.0");
    }

    public static TheoryData<string> Files => ["MODEL_CARD.md", "history.jsonl", "manifest.json", "metrics.json", "model.onnx", "model.safetensors", "model.zip", "provenance.intoto.json", "sbom.cdx.json", "SHA256SUMS"];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_cut_off_at_any_byte_is_refused_or_was_not_needed(string name)
    {
        byte[] bytes = File.ReadAllBytes(PathOf(name));
        int harmless = Enumerable.Range(0, bytes.Length).Count(length =>
        {
            File.WriteAllBytes(PathOf(name), bytes[..length]);
            return IsTheSame();
        });

        // Of the checksums, the line end of the last line.
        Assert.Equal(name == "SHA256SUMS" ? 1 : 0, harmless);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_changed_bit_anywhere_is_refused(string name)
    {
        byte[] bytes = File.ReadAllBytes(PathOf(name));
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            WriteByte(name, bit / 8, (byte)(bytes[bit / 8] ^ (1 << (bit % 8))));
            Assert.False(IsTheSame(), $"Bit {bit} does not matter.");
            WriteByte(name, bit / 8, bytes[bit / 8]);
        }
    }

    [LinuxFact]
    public async Task A_pipe_in_the_place_of_a_file_is_refused_without_waiting_for_what_comes_through_it()
    {
        File.Delete(PathOf("model.zip"));
        await Cli.Wrap("mkfifo").WithArguments([PathOf("model.zip")]).ExecuteAsync();
        Assert.Contains("model.zip is altered", Refusal(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string PathOf(string name) => Path.Combine(_directory, name);

    private string Refusal() => Assert.Throws<InvalidDataException>(() => ModelDirectory.Open(_directory)).Message;

    private void WriteByte(string name, int position, byte value)
    {
        using FileStream file = File.OpenWrite(PathOf(name));
        file.Position = position;
        file.WriteByte(value);
    }

    private bool IsTheSame()
    {
        try
        {
            Assert.Equal(_content.Files["model.safetensors"], ModelFile.Write(ModelDirectory.Open(_directory).Model));
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
