using System.Globalization;
using System.Text;

namespace NeuralDigits.Tests;

/// <summary>Folders of pictures, whose files say in words what the pictures show: how PNG files are read is the tool's affair.</summary>
public sealed class PictureFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_class_gives_a_seventh_of_its_pictures_to_the_test_and_a_sixth_of_the_others_to_the_validation()
    {
        Write("my Digits", 14, "3", "7");
        DataSet data = Load("my Digits");

        Assert.Equal("my-digits", data.Name);
        Assert.Equal((20, 4, 4), (data.Training.Count, data.Validation.Count, data.Test.Count));
        Assert.All([data.Training, data.Validation, data.Test], set => Assert.Equal(set.Count / 2, set.Labels.ToArray().Count(label => label == 7)));
        Assert.Equal((DataForm.Pictures, DataSplit.Stratified(4, 0), DataSplit.Last(4)), (data.Form, data.TestSplit!, data.Split));
        Assert.Equal(28, AllImages(data).Distinct().Count());
    }

    [Fact]
    public void Pictures_become_images_as_MNISTs_in_the_order_of_their_names()
    {
        Write("digits/train", 3, "3", "7");
        Write("digits/test", 2, "7");
        DataSet data = Load("digits");

        Assert.Equal([7, 7], data.Test.Labels.ToArray());
        foreach (int i in new[] { 0, 1 })
            Assert.Equal(DigitImage.From(Read(_folder[$"digits/test/7/{i}.png"])), data.Test.Image(i).ToArray());
        Assert.Null(data.TestSplit);
        Assert.Equal((5, 1), (data.Training.Count, data.Validation.Count));
    }

    [Fact]
    public void The_order_in_which_files_were_made_and_what_starts_with_a_dot_make_no_difference()
    {
        Write("one/my", 9, "3", "7");
        Write("two/my", 9, reverse: true, "7", "3");
        _folder.Write("two/my/.DS_Store", "x"u8);
        _folder.Write("two/my/3/.hidden", "x"u8);
        (DataSet one, DataSet two) = (Load("one/my"), Load("two/my"));

        Assert.Equal(
            (one.Training.ImagesSha256, one.Training.LabelsSha256, one.Test.ImagesSha256, one.Test.LabelsSha256),
            (two.Training.ImagesSha256, two.Training.LabelsSha256, two.Test.ImagesSha256, two.Test.LabelsSha256));
        Assert.NotNull(one.Training.ImagesSha256);
        Assert.Equal(AllImages(one), AllImages(two));
    }

    [Fact]
    public void Digits_keep_their_numbers_and_other_classes_are_numbered_by_their_names()
    {
        Write("digits", 4, "2", "9");
        Write("others", 4, "ten", "Emu", "10");

        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], Load("digits").Training.ClassNames);
        Assert.Equal([2, 9], Load("digits").Training.Labels.ToArray().Distinct());
        Assert.Equal(["10", "Emu", "ten"], Load("others").Training.ClassNames);
        Assert.Equal([0, 1, 2], Load("others").Training.Labels.ToArray().Distinct());
    }

    [Fact]
    public void Of_the_smallest_folder_there_is_every_class_is_learnt()
    {
        Write("small", 4, "0", "1");
        DataSet data = Load("small");

        Assert.Equal((6, 1, 1), (data.Training.Count, data.Validation.Count, data.Test.Count));
        Assert.Equal([0, 1], data.Training.Labels.ToArray().Distinct());
    }

    [Fact]
    public void What_is_saved_as_IDX_files_is_the_same_data_set_by_its_checksums_and_its_split()
    {
        Write("digits", 13, "0", "1", "2");
        DataSet data = Load("digits");
        Assert.True(data.Save(_folder["idx"]));
        DataSet saved = DataSet.Load(_folder["idx"]);

        foreach ((LabelledImages expected, LabelledImages actual) in
            new[] { (data.Training, saved.Training), (data.Validation, saved.Validation), (data.Test, saved.Test) })
        {
            Assert.Equal(ManifestImages.Of(expected), ManifestImages.Of(actual));
            Assert.True(expected.Pixels.Span.SequenceEqual(actual.Pixels.Span));
        }
    }

    [Fact]
    public void Other_content_is_never_overwritten_and_nothing_is_left_of_an_attempt()
    {
        Write("digits", 4, "0", "1");
        DataSet data = Load("digits");
        _folder.Write("full/notes.txt", "mine"u8);
        _folder.Write("file", "mine"u8);
        Directory.CreateDirectory(_folder["empty"]);

        Assert.True(data.Save(_folder["empty"] + Path.DirectorySeparatorChar));
        Assert.False(data.Save(_folder["empty"]));
        File.WriteAllBytes(_folder["empty/t10k-labels-idx1-ubyte"], IdxBytes.Labels(2));
        Assert.Contains("holds something else", Assert.Throws<IOException>(() => data.Save(_folder["empty"])).Message, StringComparison.Ordinal);
        Assert.Contains("holds something else", Assert.Throws<IOException>(() => data.Save(_folder["full"])).Message, StringComparison.Ordinal);
        Assert.Contains("is a file", Assert.Throws<IOException>(() => data.Save(_folder["file"])).Message, StringComparison.Ordinal);
        Assert.Equal(["digits", "empty", "file", "full"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["notes.txt"], Directory.GetFileSystemEntries(_folder["full"]).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("0/a.png 0/b.png 0/c.png 0/d.png", "digits, as a whole: expected 2 to 256 folders, one for each class, found one, 0.")]
    [InlineData("0/a.png 0/b.png 0/c.png 0/d.png 1/", "1, as a whole: expected 4 or more pictures of the class, found none.")]
    [InlineData("0/a.png 0/b.png 0/c.png 1/a.png", "0, as a whole: expected 4 or more pictures of the class, found 3.")]
    [InlineData("0/a.png 1/a.png notes.txt", "notes.txt, as a whole: expected a folder, found a file. A folder of pictures holds")]
    [InlineData("a.png b.png", "a.png, as a whole: expected a folder, found a file. A folder of pictures holds")]
    [InlineData("0/more/a.png 1/a.png", "more, as a whole: expected a file, found a folder. A folder of pictures holds")]
    [InlineData("train/0/a.png 0/a.png test/0/a.png", "expected train and test with nothing beside them, found 0, test, train.")]
    [InlineData("train/0/a.png train/1/a.png", "expected train and test with nothing beside them, found train.")]
    [InlineData("train/0/a.png train/1/a.png test/2/a.png", "2, as a whole: expected a class of")]
    [InlineData("train/0/a.png train/0/b.png train/0/c.png train/1/a.png train/1/b.png train/1/c.png test/", "test, as a whole: expected folders of classes, found none.")]
    [InlineData("train/0/a.png train/0/b.png train/0/c.png train/1/a.png train/1/b.png train/1/c.png test/0/", "expected 1 or more pictures of the class, found none.")]
    [InlineData("train/a.png test/a.png", "a.png, as a whole: expected a folder, found a file.")]
    public void Another_layout_is_refused_with_the_place_and_what_was_expected(string entries, string said)
    {
        foreach (string entry in entries.Split(' '))
        {
            if (entry.EndsWith('/'))
                Directory.CreateDirectory(_folder["digits/" + entry]);
            else
                _folder.Write("digits/" + entry, "1 1"u8);
        }

        Assert.True(PictureFolder.IsLikely(_folder["digits"]));
        Assert.Contains(said, Assert.Throws<InvalidDataException>(() => Load("digits")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_blank_picture_is_refused_by_its_name()
    {
        Write("digits", 4, "0", "1");
        string blank = _folder.Write("digits/1/2.png", "blank"u8);

        Assert.StartsWith($"{blank}: The picture is blank", Assert.Throws<InvalidDataException>(() => Load("digits")).Message, StringComparison.Ordinal);
    }

    [LinuxTheory]
    [InlineData("digits/0/0.png", "digits/0/z.png", "expected a file, found a link")]
    [InlineData("digits/0", "digits/2", "expected a folder, found a link")]
    [InlineData("digits", "digits/1/loop", "expected a file, found a link")]
    public void Links_are_not_followed(string target, string link, string said)
    {
        Write("digits", 4, "0", "1");
        File.CreateSymbolicLink(_folder[link], _folder[target]);

        Assert.Contains($"{_folder[link]}, as a whole: {said}", Assert.Throws<InvalidDataException>(() => Load("digits")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_what_is_missing_or_empty_nor_a_folder_with_an_IDX_file_is_one_of_pictures()
    {
        _folder.Write("idx/t10k-images.idx3-ubyte.gz", [1]);
        _folder.Write("idx/0/a.png", [1]);
        Directory.CreateDirectory(_folder["empty/.git"]);

        Assert.All(["idx", "empty", "missing", "idx/0/a.png"], name => Assert.False(PictureFolder.IsLikely(_folder[name])));
    }

    [Fact]
    public void The_reading_can_be_cancelled()
    {
        Write("digits", 4, "0", "1");

        Assert.ThrowsAny<OperationCanceledException>(() => PictureFolder.Load(_folder["digits"], Read, new CancellationToken(canceled: true)));
    }

    private DataSet Load(string name) => PictureFolder.Load(_folder[name], Read);

    private void Write(string name, int count, params string[] classes) => Write(name, count, reverse: false, classes);

    // Of each class as many pictures, all different.
    private void Write(string name, int count, bool reverse, params string[] classes)
    {
        foreach (string className in classes)
        {
            IEnumerable<int> numbers = Enumerable.Range(0, count);
            foreach (int i in reverse ? numbers.Reverse() : numbers)
                _folder.Write($"{name}/{className}/{i}.png", Encoding.UTF8.GetBytes($"{className.Length + className[^1]} {i}"));
        }
    }

    // Which digit, and how thin it is drawn.
    private static Picture Read(string path)
    {
        string text = File.ReadAllText(path);
        if (text == "blank")
            return new Picture(new byte[100], 10, 10);
        int[] numbers = [.. text.Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
        return SegmentDigits.Draw(numbers[0] % 10, 200, 120, 10, 10, 150, 5 + (3 * numbers[1]));
    }

    private static List<string> AllImages(DataSet data) =>
        [.. new[] { data.Training, data.Validation, data.Test }.SelectMany(set => Enumerable.Range(0, set.Count).Select(i => Convert.ToBase64String(set.Image(i))))];
}
