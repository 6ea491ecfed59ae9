using System.Text;

namespace NeuralDigits.Tests;

/// <summary>What the classes of a folder of IDX files are called.</summary>
public sealed class ClassNamesFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cat", "dog")]
    [InlineData("0", "1", "2")]
    [InlineData("ä", "Ä", " ", "#", "11", "0", "1", "2", "3", "4", "5", "6")]
    public void Classes_that_were_saved_are_loaded_again(params string[] names)
    {
        DataSet saved = Data(names);

        Assert.True(saved.Save(_folder["idx"]));
        Assert.False(saved.Save(_folder["idx"]));

        DataSet loaded = DataSet.Load(_folder["idx"]);
        Assert.Equal(names, loaded.Training.ClassNames);
        Assert.Equal(names, loaded.Test.ClassNames);
        Assert.Equal(saved.Test.Labels.ToArray(), loaded.Test.Labels.ToArray());
    }

    [Fact]
    public void The_ten_digits_need_no_file_and_other_names_are_other_content()
    {
        string[] digits = [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")];

        Data(digits).Save(_folder["idx"]);

        Assert.False(File.Exists(_folder["idx/classes.txt"]));
        Assert.Throws<IOException>(() => Data([.. digits.Reverse()]).Save(_folder["idx"]));
    }

    [Fact]
    public void A_format_that_is_given_is_not_overruled()
    {
        Data(["cat", "dog"]).Save(_folder["idx"]);

        Assert.Equal(10, DataSet.Load(_folder["idx"], new DataSetFormat()).Training.ClassCount);
    }

    [Theory]
    [InlineData("\ufeffcat\r\ndog\r\n", "cat", "dog")]
    [InlineData("cat\ndog", "cat", "dog")]
    [InlineData("cat\ndog\n\n", "cat", "dog")]
    public void It_is_read_as_editors_write_it(string content, params string[] expected)
    {
        _folder.Write("classes.txt", Encoding.UTF8.GetBytes(content));

        Assert.Equal(expected, ClassNamesFile.Read(_folder.Path));
    }

    [Theory]
    [InlineData("", "as a whole: expected 2 to 256 lines, each the name of a class, found 1.")]
    [InlineData("cat\n", "found 1.")]
    [InlineData("cat\n\ndog\n", "line 2: expected the name of a class, unlike those before it, found ''.")]
    [InlineData("cat\ndog\ncat\n", "line 3: expected the name of a class, unlike those before it, found 'cat'.")]
    [InlineData("cat\nd\u0007g\n", "line 2: expected")]
    public void What_is_no_list_of_names_is_refused_with_its_line(string content, string said)
    {
        string path = _folder.Write("classes.txt", Encoding.UTF8.GetBytes(content));

        Assert.Contains($"{path}, ", Refused(), StringComparison.Ordinal);
        Assert.Contains(said, Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_too_long_or_no_text_is_refused()
    {
        _folder.Write("classes.txt", [.. "cat\nd"u8, 0xFF, .. "g\n"u8]);
        Assert.Contains("expected text in UTF-8", Refused(), StringComparison.Ordinal);
        _folder.Write("classes.txt", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 257).Select(i => $"{i}\n"))));
        Assert.Contains("expected 2 to 256 lines, each the name of a class, found 257", Refused(), StringComparison.Ordinal);
        _folder.Write("classes.txt", new byte[65537]);
        Assert.Contains("expected at most 65536 bytes, found 65537", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_does_not_fit_on_a_line_is_not_written()
    {
        Assert.Throws<InvalidDataException>(() => Data(["cat", "d\ng"]).Save(_folder["idx"]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    private string Refused() => Assert.Throws<InvalidDataException>(() => ClassNamesFile.Read(_folder.Path)).Message;

    // As many images as classes to learn from and for the test, and one to validate with in six.
    private static DataSet Data(string[] names)
    {
        LabelledImages Images(int count) => new(
            new byte[count * 784], Enumerable.Range(0, count).Select(i => (byte)(i % names.Length)).ToArray(), 28, 28, names.Length, names);
        return new DataSet("x", Images(5 * names.Length), Images(names.Length), Images(names.Length));
    }
}
