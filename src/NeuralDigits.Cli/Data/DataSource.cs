using System.Globalization;

namespace NeuralDigits.Cli;

/// <summary>Gets the data set for a command, and says where from. All that <c>--data</c> can mean is decided here.</summary>
/// <param name="choice">What was asked for.</param>
/// <param name="cache">Where downloads are kept, and how they are made.</param>
/// <param name="environment">The environment.</param>
internal sealed class DataSource(DataChoice choice, CacheSettings cache, CommandEnvironment environment)
{
    // The digits are the same wherever they are drawn; the seed of a training is another matter.
    private const int SyntheticSeed = 0;

    /// <summary>Finds the data, downloads them if need be, and reads them whole; or draws them, if that is the choice.</summary>
    /// <exception cref="IOException">They are not to be had, or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is malformed.</exception>
    public async Task<DataSet> LoadAsync(CancellationToken cancellation)
    {
        if (choice is DataChoice.Synthetic)
            return Draw(SyntheticSeed, cancellation);
        if (FindForm() is { } form)
            return Load(form, cancellation);
        DataLocation location = await LocateAsync(cancellation);
        DataSet data = location.Load();
        cancellation.ThrowIfCancellationRequested();
        Announce(data, location.Description);
        return data;
    }

    /// <summary>The same; but if the choice was left to the tool and no data are to be had, it says so and draws some.</summary>
    /// <inheritdoc cref="LoadAsync"/>
    public async Task<DataSet> LoadOrDrawAsync(CancellationToken cancellation)
    {
        try
        {
            return await LoadAsync(cancellation);
        }
        catch (DataUnavailableException exception) when (choice is DataChoice.Automatic)
        {
            SyntheticNotice.Write(environment.Error, exception.Message);
            return Draw(SyntheticSeed, cancellation);
        }
    }

    /// <summary>The form of what was named, if that is there and in another form than the four IDX files; those, <see cref="LocateAsync(CancellationToken)"/> finds.</summary>
    /// <exception cref="IOException">A file was named that cannot be read.</exception>
    /// <exception cref="InvalidDataException">A pipe or device was named, or a file that is malformed.</exception>
    public DataForm? FindForm() => Named() switch
    {
        { Path: var path } when PictureFolder.IsLikely(path) => DataForm.Pictures,
        { Path: var path } when File.Exists(path) && PickledDataSet.IsPickle(path) => DataForm.Pickle,
        _ => null,
    };

    /// <summary>Reads what was named and is of a form that <see cref="FindForm"/> found.</summary>
    /// <inheritdoc cref="LoadAsync"/>
    public DataSet Load(DataForm form, CancellationToken cancellation)
    {
        (string path, string words) = Named()!.Value;
        DataSet data = form == DataForm.Pickle ? PickledDataSet.Load(path) : PictureFolder.Load(path, ImageFile.ReadPng, cancellation);
        cancellation.ThrowIfCancellationRequested();
        string drawn = data.TestSplit is null ? "" : "; there are no folders train and test in it, so the test images are drawn";
        Announce(data, $"{form.ToString().ToLowerInvariant()} from {path}, {words}{drawn}");
        return data;
    }

    /// <summary>Draws the digits of a seed.</summary>
    public DataSet Draw(int seed, CancellationToken cancellation)
    {
        DataSet data = SyntheticDigits.CreateDataSet(seed, Environment.ProcessorCount, cancellation);
        Announce(data, string.Create(CultureInfo.InvariantCulture, $"drawn by the tool, generator version {SyntheticDigits.Version}, seed {seed}"));
        return data;
    }

    /// <summary>Finds the files, and downloads them if need be.</summary>
    /// <exception cref="IOException">They are not to be had.</exception>
    public Task<DataLocation> LocateAsync(CancellationToken cancellation) => choice switch
    {
        DataChoice.Automatic => LocateAsync(DataCatalog.Mnist, folder: null, environment.DataFolder, cancellation),
        DataChoice.OfCatalog(var entry) => OfCatalogAsync(entry, cancellation),
        DataChoice.Folder(var path) => OfFolderAsync(path, cancellation),
        DataChoice.Synthetic => throw new WrongUsageException($"The data set '{DataChoice.SyntheticName}' is drawn anew each time; it has no files."),
        _ => throw new InvalidOperationException($"There is no source for {choice}."),
    };

    /// <summary>The data set's files in the cache, sound or not; none if the choice is not for the cache, or nothing is there.</summary>
    /// <exception cref="InvalidDataException">The record of checksums is malformed.</exception>
    public IReadOnlyList<CachedFile> CheckCache()
    {
        CatalogEntry? entry = choice switch
        {
            DataChoice.Automatic when string.IsNullOrEmpty(environment.DataFolder) => DataCatalog.Mnist,
            DataChoice.OfCatalog(var chosen) => chosen,
            _ => null,
        };
        using HttpClient unused = DataSetLocator.CreateHttpClient();
        return entry is null ? [] : new DataSetLocator(entry, cache.Folder, unused).CheckCache();
    }

    private (string Path, string Words)? Named() => choice switch
    {
        DataChoice.Folder(var path) => (path, "given by --data"),
        DataChoice.Automatic when environment.DataFolder is { Length: > 0 } path => (path, $"given by the environment variable {DataSetLocator.EnvironmentVariable}"),
        _ => null,
    };

    private void Announce(DataSet data, string origin) => environment.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{data.Name}: {data.Training.Count:N0} training, {data.Validation.Count:N0} validation, {data.Test.Count:N0} test images; {origin}"));

    private Task<DataLocation> OfCatalogAsync(CatalogEntry entry, CancellationToken cancellation)
    {
        if (Directory.Exists(entry.Name))
        {
            environment.Error.WriteLine(
                $"note: --data {entry.Name} is the data set of that name, not the folder here that is called so; the folder is written ./{entry.Name}");
        }

        return LocateAsync(entry, folder: null, folderVariable: null, cancellation);
    }

    private Task<DataLocation> OfFolderAsync(string path, CancellationToken cancellation)
    {
        // A mere word that is no folder may be a misspelt name.
        if (path.Length > 0 && !Path.Exists(path) && Path.GetFileName(path) == path)
        {
            throw new DirectoryNotFoundException(
                $"'{path}', given by --data, is neither the name of a data set nor a folder or file. The names are {string.Join(", ", DataChoice.Names)}.");
        }

        if (File.Exists(path))
        {
            throw new InvalidDataException(
                $"'{path}', given by --data, is a file, and no pickle as the book's mnist.pkl.gz. Give that, or a folder with the four IDX files, or with " +
                "PNG pictures in a folder for each class.");
        }

        return LocateAsync(DataCatalog.Mnist, path, folderVariable: null, cancellation);
    }

    private async Task<DataLocation> LocateAsync(
        CatalogEntry entry, string? folder, string? folderVariable, CancellationToken cancellation)
    {
        using HttpClient client = DataSetLocator.CreateHttpClient();
        if (cache.Mirror is { } mirror)
            entry = entry with { Mirrors = [new Uri(mirror, entry.Name + "/"), .. entry.Mirrors] };
        var progress = new DownloadReporter(environment);
        var locator = new DataSetLocator(entry, cache.Folder, client)
        {
            Offline = cache.Offline,
            // Made when it is needed: where there is nothing to download, its library need not even be loaded.
            Attempts = (attempt, token) => DownloadRetries.Create(environment.Clock, environment.Jitter, progress)(attempt, token),
            Waiting = () => environment.Error.WriteLine($"waiting for another process that is fetching {entry.Name}"),
        };
        try
        {
            return await locator.LocateAsync(folder, folderVariable, progress, cancellation);
        }
        finally
        {
            progress.End();
        }
    }
}
