namespace NeuralDigits.Tests;

public sealed class DataSetLocatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalMirror _mirror = LocalMirror.Sound();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly DataSetLocator _locator;

    public DataSetLocatorTests() => _locator = new DataSetLocator(TinyDataSet.Entry(_mirror.Address), _folder["cache"], _client);

    public void Dispose()
    {
        _client.Dispose();
        _mirror.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_option_wins_over_the_variable()
    {
        string option = TinyDataSet.Write(_folder, "option");
        string variable = TinyDataSet.Write(_folder, "variable");

        DataLocation location = await _locator.LocateAsync(option, variable);

        Assert.Equal((option, DataOrigin.Option), (location.Folder, location.Origin));
        Assert.Equal($"data from {option}, given by --data", location.Description);
    }

    [Fact]
    public async Task The_variable_wins_over_the_cache()
    {
        await _locator.LocateAsync(null, null);
        string variable = TinyDataSet.Write(_folder, "variable");

        DataLocation location = await _locator.LocateAsync(null, variable);

        Assert.Equal((variable, DataOrigin.EnvironmentVariable), (location.Folder, location.Origin));
        Assert.Equal($"data from {variable}, given by the environment variable NEURALDIGITS_DATA", location.Description);
    }

    [Fact]
    public async Task An_empty_variable_is_one_that_is_not_set() =>
        Assert.Equal(DataOrigin.Download, (await _locator.LocateAsync(null, "")).Origin);

    [Fact]
    public async Task A_named_folder_may_hold_other_data_than_the_catalogs()
    {
        TinyDataSet.Write(_folder, "own");
        _folder.Write("own/t10k-labels-idx1-ubyte", IdxBytes.Labels(4, classCount: 2));

        DataLocation location = await _locator.LocateAsync(_folder["own"], null);

        Assert.Equal([0, 1, 0, 1], DataSet.Load(location.Folder).Test.Labels.ToArray());
    }

    [Fact]
    public async Task A_named_folder_that_does_not_exist_is_an_error_that_names_its_origin_and_never_passed_over()
    {
        string sound = TinyDataSet.Write(_folder, "sound");

        var option = await Assert.ThrowsAsync<DirectoryNotFoundException>(() => _locator.LocateAsync(_folder["absent"], sound));
        var empty = await Assert.ThrowsAsync<DirectoryNotFoundException>(() => _locator.LocateAsync("", sound));
        var variable = await Assert.ThrowsAsync<DirectoryNotFoundException>(() => _locator.LocateAsync(null, _folder["absent"]));

        Assert.Contains($"'{_folder["absent"]}', given by --data, is missing. Give a folder with the four files", option.Message);
        Assert.Contains("'', given by --data, is missing", empty.Message);
        Assert.Contains("given by the environment variable NEURALDIGITS_DATA, is missing", variable.Message);
        Assert.Empty(_mirror.Requests);
    }

    [Fact]
    public async Task A_named_folder_that_lacks_files_is_an_error_that_names_its_origin_and_the_files()
    {
        string folder = TinyDataSet.Write(_folder, "partial");
        File.Delete(_folder["partial/t10k-images-idx3-ubyte"]);
        File.Delete(_folder["partial/t10k-labels-idx1-ubyte"]);

        var option = await Assert.ThrowsAsync<FileNotFoundException>(() => _locator.LocateAsync(folder, null));
        var variable = await Assert.ThrowsAsync<FileNotFoundException>(() => _locator.LocateAsync(null, folder));

        Assert.Contains("given by --data, lacks t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte.", option.Message);
        Assert.Contains("given by the environment variable NEURALDIGITS_DATA, lacks t10k-images-idx3-ubyte", variable.Message);
        Assert.Empty(_mirror.Requests);
    }

    [Fact]
    public async Task What_the_operating_system_has_installed_is_taken_before_a_download_even_offline()
    {
        string installed = TinyDataSet.Write(_folder, "installed");
        CatalogEntry entry = TinyDataSet.Entry(_mirror.Address) with { InstalledFolders = [_folder["absent"], installed], ClassNames = [.. "abcdefghij".Select(c => $"{c}")] };

        DataLocation location = await new DataSetLocator(entry, _folder["cache"], _client) { Offline = true }.LocateAsync(null, null);
        DataSet data = location.Load();

        Assert.Equal((installed, DataOrigin.Installed), (location.Folder, location.Origin));
        Assert.Equal($"tiny from {installed}, where it is installed", location.Description);
        Assert.Equal("tiny", data.Name);
        Assert.Equal(entry.ClassNames, data.Test.ClassNames);
        Assert.False(Directory.Exists(_folder["cache"]));
        Assert.Empty(_mirror.Requests);
    }

    [Fact]
    public async Task The_cache_is_taken_before_what_is_installed()
    {
        await _locator.LocateAsync(null, null);
        CatalogEntry entry = TinyDataSet.Entry(_mirror.Address) with { InstalledFolders = [TinyDataSet.Write(_folder, "installed")] };

        Assert.Equal(DataOrigin.Cache, (await new DataSetLocator(entry, _folder["cache"], _client).LocateAsync(null, null)).Origin);
    }

    [Fact]
    public async Task An_installed_file_of_other_content_than_the_catalogs_is_refused_when_it_is_loaded()
    {
        CatalogEntry entry = TinyDataSet.Entry(_mirror.Address) with { InstalledFolders = [TinyDataSet.Write(_folder, "installed")] };
        string altered = _folder.Write("installed/t10k-labels-idx1-ubyte", IdxBytes.Labels(4, classCount: 2));

        DataLocation location = await new DataSetLocator(entry, _folder["cache"], _client).LocateAsync(null, null);
        var e = Assert.Throws<InvalidDataException>(location.Load);

        Assert.StartsWith($"{altered}, uncompressed: expected SHA-256 {entry.TestLabels.UncompressedSha256}, as tiny has it, found ", e.Message);
    }

    [Fact]
    public async Task A_data_set_of_the_catalog_is_called_as_there_wherever_it_lies()
    {
        DataLocation location = await _locator.LocateAsync(null, null);
        Directory.Move(_folder["cache"], _folder["elsewhere"]);

        DataSet data = (await new DataSetLocator(TinyDataSet.Entry(_mirror.Address), _folder["elsewhere"], _client).LocateAsync(null, null)).Load();

        Assert.Equal("tiny", data.Name);
        Assert.Equal(DataOrigin.Download, location.Origin);
    }
}
