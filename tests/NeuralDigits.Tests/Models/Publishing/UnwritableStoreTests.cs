namespace NeuralDigits.Tests;

/// <summary>Disks that are really full or read-only.</summary>
public sealed class UnwritableStoreTests
{
    private static readonly ModelContent Old = TinyModel.Create(version: "1.0.0");
    private static readonly ModelContent New = TinyModel.Create(version: "2.0.0", seed: 2);

    [SmallDiskFact]
    public void A_disk_that_is_full_after_any_number_of_pages_keeps_the_old_state_and_says_so()
    {
        using var disk = new SmallDisk();
        string root = Path.Combine(disk.Root, "models");
        new ModelStore(root).Publish(Old);
        int pages = 0;
        for (; Publish(disk, root, pages) is { } error; pages++)
        {
            Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
            Assert.Contains("nothing was changed", error.Message, StringComparison.Ordinal);
            SoundStore.CheckComplete(root, Old);
        }

        Assert.True(pages > New.Files.Count, $"{pages} pages were enough for {New.Files.Count} files and their checksums.");
        SoundStore.CheckComplete(root, Old, New);
    }

    [SmallDiskFact]
    public void A_read_only_store_takes_no_new_version_but_finds_the_old_one_there()
    {
        using var disk = new SmallDisk();
        var store = new ModelStore(Path.Combine(disk.Root, "models"));
        store.Publish(Old);
        disk.MakeReadOnly();

        var error = Assert.Throws<IOException>(() => store.Publish(New));

        Assert.Contains("Read-only file system", error.Message, StringComparison.Ordinal);
        Assert.Contains(store.FolderOf("tiny", "2.0.0") + " could not be published", error.Message, StringComparison.Ordinal);
        Assert.False(store.Publish(Old).IsNew);
        SoundStore.CheckComplete(store.Root, Old);
    }

    [LinuxFact]
    public void A_place_where_no_folder_can_be_made_is_named()
    {
        var error = Assert.Throws<IOException>(() => new ModelStore("/proc/models").Publish(New));
        Assert.Contains("/proc/models/tiny/2.0.0 could not be published, and nothing was changed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_the_place_of_the_store_is_named()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("models", [1]);
        var error = Assert.Throws<IOException>(() => new ModelStore(file).Publish(New));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    private static IOException? Publish(SmallDisk disk, string root, int pages)
    {
        disk.LeavePages(pages);
        return Record.Exception(() => new ModelStore(root).Publish(New)) as IOException;
    }
}
