using System.Globalization;
using System.Security.Cryptography;

namespace NeuralDigits;

/// <summary>Fetches one file from one mirror: whole and with the right checksum, or not at all.</summary>
internal sealed class MirrorDownload(HttpClient client, TimeSpan stallTimeout, IProgress<DownloadProgress>? progress)
{
    private const int BufferLength = 64 * 1024;
    private const long MaximumUnknownLength = 1 << 30;

    /// <summary>Whether an exception of <see cref="FetchAsync"/> is this mirror's fault, so that another one may do better.</summary>
    public static bool IsFailure(Exception exception) =>
        exception is HttpRequestException or IOException or InvalidDataException or TimeoutException or UnauthorizedAccessException;

    /// <summary>Writes the file to <paramref name="destination"/>, which never holds a part of it.</summary>
    public async Task FetchAsync(Uri mirror, CatalogFile file, string destination, CancellationToken cancellation)
    {
        // A name of its own for each attempt: two processes may fill the same cache at once.
        string partial = $"{destination}.{Guid.NewGuid():N}.partial";
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            await SaveAsync(new Uri(mirror, file.Name), file, partial, stall).ConfigureAwait(false);

            // Not flushed to the disk first: a file torn by a power failure is found by its checksum when it is used next.
            File.Move(partial, destination, overwrite: true);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            string silence = string.Create(CultureInfo.InvariantCulture, $"nothing came for {stallTimeout.TotalSeconds:0.#} s");
            throw new TimeoutException(e.InnerException is TimeoutException inner ? inner.Message : silence, e);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private async Task SaveAsync(Uri address, CatalogFile file, string partial, CancellationTokenSource stall)
    {
        stall.CancelAfter(stallTimeout);
        progress?.Report(new DownloadProgress(address.Host, file.Name, 0, file.Length));
        using HttpResponseMessage response =
            await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, stall.Token).ConfigureAwait(false);
        CheckAnswer(response, file);

        Stream content = await response.Content.ReadAsStreamAsync(stall.Token).ConfigureAwait(false);
        await using var target = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        using IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferLength];
        long received = 0;
        while (await content.ReadAsync(buffer, stall.Token).ConfigureAwait(false) is > 0 and int count)
        {
            stall.CancelAfter(stallTimeout);
            received += count;
            if (received > (file.Length ?? MaximumUnknownLength))
                throw new InvalidDataException($"sent more than the {file.Length ?? MaximumUnknownLength} bytes expected");
            sha256.AppendData(buffer, 0, count);
            await target.WriteAsync(buffer.AsMemory(0, count), stall.Token).ConfigureAwait(false);
            progress?.Report(new DownloadProgress(address.Host, file.Name, received, file.Length));
        }

        if (received < file.Length)
            throw new InvalidDataException($"ended after {received} of {file.Length} bytes");
        string found = Convert.ToHexStringLower(sha256.GetHashAndReset());
        if (file.Sha256 is not null && found != file.Sha256)
            throw new InvalidDataException($"sent a file with SHA-256 {found} in place of {file.Sha256}");
    }

    private static void CheckAnswer(HttpResponseMessage response, CatalogFile file)
    {
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"answered with status {(int)response.StatusCode} ({response.ReasonPhrase})");
        if (response.Content.Headers.ContentType?.MediaType == "text/html")
            throw new InvalidDataException("answered with an HTML page in place of the file");
        if (response.Content.Headers.ContentLength is long length && length != (file.Length ?? length))
            throw new InvalidDataException($"offers {length} bytes in place of {file.Length}");
    }
}
