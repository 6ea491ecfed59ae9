namespace NeuralDigits.Tests;

/// <summary>Each operation on the disk fails in turn. What is left is the old state or the new one, and publishing again completes it.</summary>
public sealed class InterruptedPublicationTests : IDisposable
{
    private static readonly ModelContent Old = TinyModel.Create(version: "1.0.0");
    private static readonly ModelContent New = TinyModel.Create(version: "2.0.0", seed: 2);

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_error_at_any_operation_says_where_and_leaves_the_old_state_or_the_new_one(bool isFirst)
    {
        int failures = ForEachOperation(isFirst, failing => new FaultyFiles(failing, dies: false), CheckMessage);
        Assert.InRange(failures, 25, 100);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_process_that_dies_at_any_operation_leaves_the_old_state_or_the_new_one(bool isFirst) =>
        ForEachOperation(isFirst, failing => new FaultyFiles(failing, dies: true), CheckMessage);

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void A_power_cut_at_any_operation_leaves_the_old_state_or_the_new_one(bool isFirst, bool losesNames) =>
        ForEachOperation(isFirst, at => new PowerCut(at), (_, disk, _) => disk.Lose(losesNames));

    [Fact]
    public void A_publisher_that_dies_before_its_version_is_the_latest_is_helped_by_the_next_one()
    {
        ModelContent[] contents = [Old, New, TinyModel.Create(version: "3.0.0")];
        int completed = ForEachOperation(isFirst: false, failing => new FaultyFiles(failing, dies: true), (root, _, _) =>
        {
            bool isMoved = new ModelStore(root).Versions("tiny").Contains("2.0.0");
            new ModelStore(root).Publish(contents[0]);
            Assert.Equal(isMoved ? "2.0.0" : "1.0.0", new ModelStore(root).LatestVersion("tiny"));
        });
        Assert.NotEqual(0, completed);
    }

    public void Dispose() => _folder.Dispose();

    // No error is one in cleaning up: the version is published, and the next publisher cleans up.
    private static void CheckMessage(string root, FaultyFiles disk, IOException? error)
    {
        bool isPublished = new ModelStore(root).Versions("tiny").Contains("2.0.0");
        if (error is null)
        {
            Assert.Equal("2.0.0", new ModelStore(root).LatestVersion("tiny"));
            return;
        }

        Assert.Contains(isPublished ? "is published, but latest.json" : "could not be published, and nothing was changed", error.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(root, "tiny", "2.0.0"), error.Message, StringComparison.Ordinal);
        Assert.Contains("then publish again", error.Message, StringComparison.Ordinal);
    }

    /// <returns>How many operations there are.</returns>
    private int ForEachOperation<T>(bool isFirst, Func<int, T> disk, Action<string, T, IOException?> check)
        where T : FaultyFiles
    {
        for (int failing = 1; ; failing++)
        {
            string root = _folder[$"{failing}"];
            ModelContent[] contents = isFirst ? [New] : [Old, New];
            if (!isFirst)
                new ModelStore(root).Publish(Old);
            T files = disk(failing);
            IOException? error = Record.Exception(() => new ModelStore(root, files).Publish(New)) as IOException;
            if (!files.HasFailed)
                return failing - 1;

            check(root, files, error);
            SoundStore.Check(root, contents);
            new ModelStore(root).Publish(New);
            SoundStore.CheckComplete(root, contents);
        }
    }
}
