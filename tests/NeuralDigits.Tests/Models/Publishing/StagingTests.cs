namespace NeuralDigits.Tests;

/// <summary>What a sweep takes for dead, and what not.</summary>
public sealed class StagingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_place_of_a_live_publisher_is_never_swept()
    {
        using Staging live = Staging.Take(new StoreFiles(), _folder.Path);
        string file = _folder.Write(Path.Combine(Path.GetFileName(live.Folder), "version", "model.safetensors"), [1]);

        Staging.Sweep(new StoreFiles(), _folder.Path);
        Staging.Sweep(new StoreFiles(), _folder.Path);

        Assert.True(File.Exists(file));
        live.Dispose();
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef/version/model.safetensors")]
    [InlineData("0123456789abcdef0123456789abcdef.dead/version/model.safetensors")]
    [InlineData("0123456789abcdef0123456789abcdef.lock")]
    public void What_a_dead_one_left_is_swept(string left)
    {
        _folder.Write(".staging-" + left, [1]);
        Staging.Sweep(new StoreFiles(), _folder.Path);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void What_is_none_of_ours_is_left_alone()
    {
        _folder.Write(".staging-area", [1]);
        Staging.Sweep(new StoreFiles(), _folder.Path);
        Assert.Equal([_folder[".staging-area"]], Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();
}
