using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace NeuralDigits;

/// <summary>Fetches one file from one mirror: whole and with the right checksum, or not at all.</summary>
/// <remarks>
/// Where the checksum is known, a download that was cut off goes on where it ended, if the mirror can do that (RFC 9110 section 14). What was
/// put together of several parts is held against the checksum like anything else, and fetched once more in one piece if it is wrong.
/// </remarks>
internal sealed class MirrorDownload(HttpClient client, TimeSpan stallTimeout, TimeProvider clock, IProgress<DownloadProgress>? progress)
{
    private const int BufferLength = 64 * 1024;
    private const long MaximumUnknownLength = 1 << 30;

    // A mirror that sends less is as good as one that sends nothing: the file would take hours.
    private const int LeastBytes = 16 * 1024;

    /// <summary>Whether an exception of <see cref="FetchAsync"/> is this mirror's fault, so that another one may do better.</summary>
    public static bool IsFailure(Exception exception) =>
        exception is HttpRequestException or InvalidDataException or TimeoutException or IOException and not DataUnavailableException;

    /// <summary>
    /// Whether another attempt at the same mirror may do better: it was reached, but stalled, was cut off, or says that it is overloaded. A
    /// mirror that cannot be reached, lacks the file or has another one will not change that soon.
    /// </summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        HttpRequestException { StatusCode: { } status } =>
            status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || status >= HttpStatusCode.InternalServerError,
        HttpRequestException request => request.HttpRequestError == HttpRequestError.ResponseEnded,
        DataUnavailableException => false,
        _ => exception is TimeoutException or IOException,
    };

    /// <summary>Writes the file to <paramref name="destination"/>, which never holds a part of it.</summary>
    /// <remarks>Only one may do so at a time: see <see cref="FileLock"/>.</remarks>
    /// <param name="mirror">The folder at the mirror.</param>
    /// <param name="file">The file.</param>
    /// <param name="destination">Where it is to be.</param>
    /// <param name="examine">Refuses, by <see cref="InvalidDataException"/>, a file that has all its bytes but not yet its name.</param>
    /// <param name="cancellation">Ends the download.</param>
    public async Task FetchAsync(Uri mirror, CatalogFile file, string destination, Action<string> examine, CancellationToken cancellation)
    {
        bool canResume = file.Sha256 is not null;
        using var partial = new PartialFile(destination, canResume);
        using var silence = new CancellationTokenSource(stallTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, silence.Token);
        var patience = new Patience(silence, stallTimeout, either.Token);
        try
        {
            await CompleteAsync(new Uri(mirror, file.Name), file, partial, patience).ConfigureAwait(false);
            partial.Close();
            examine(partial.Path);
            partial.Complete();
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            // The client says so of a connection that is not made in time; it will not be made soon.
            if (e.InnerException is TimeoutException unreachable)
                throw new HttpRequestException(HttpRequestError.ConnectionError, unreachable.Message, unreachable);
            throw new TimeoutException(patience.Failure, e);
        }
        catch (InvalidDataException)
        {
            partial.Discard();
            throw;
        }
        finally
        {
            if (!canResume || partial.Length == 0)
                partial.Discard();
        }
    }

    private async Task CompleteAsync(Uri address, CatalogFile file, PartialFile partial, Patience patience)
    {
        if (partial.Length > file.Length)
            partial.Restart();
        if (partial.Length < file.Length || partial.Length == 0)
            await AppendAsync(address, file, partial, patience).ConfigureAwait(false);
        if (file.Sha256 is not null && partial.Sha256 != file.Sha256 && partial.IsResumed)
        {
            partial.Restart();
            await AppendAsync(address, file, partial, patience).ConfigureAwait(false);
        }

        if (file.Sha256 is not null && partial.Sha256 != file.Sha256)
            throw new InvalidDataException($"sent a file with SHA-256 {partial.Sha256} in place of {file.Sha256}");
    }

    private async Task AppendAsync(Uri address, CatalogFile file, PartialFile partial, Patience patience)
    {
        patience.Renew();
        progress?.Report(new DownloadProgress(address.Host, file.Name, partial.Length, file.Length));
        using HttpResponseMessage response = await AskAsync(address, file, partial, patience.Token).ConfigureAwait(false);
        long most = file.Length ?? MaximumUnknownLength;
        byte[] buffer = new byte[BufferLength];
        Stream content = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        while (await content.ReadAsync(buffer, patience.Token).ConfigureAwait(false) is > 0 and int count)
        {
            patience.Note(count);
            if (partial.Length + count > most)
                throw new InvalidDataException($"sent more than the {most} bytes expected");
            partial.Append(buffer.AsSpan(0, count));
            progress?.Report(new DownloadProgress(address.Host, file.Name, partial.Length, file.Length));
        }

        if (partial.Length < file.Length)
            throw new IOException($"ended after {partial.Length} of {file.Length} bytes");
    }

    /// <summary>Asks for what is missing. Where the mirror has no part to give, the file starts anew.</summary>
    private async Task<HttpResponseMessage> AskAsync(Uri address, CatalogFile file, PartialFile partial, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (partial.Length > 0)
            request.Headers.Range = new RangeHeaderValue(partial.Length, null);
        HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        try
        {
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && partial.Length > 0)
            {
                response.Dispose();
                partial.Restart();
                return await AskAsync(address, file, partial, cancellation).ConfigureAwait(false);
            }

            CheckKind(response);
            if (response.StatusCode != HttpStatusCode.PartialContent)
                partial.Restart();
            CheckLength(response, file, partial);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static void CheckKind(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException(
                $"answered with status {(int)response.StatusCode} ({response.ReasonPhrase})", inner: null, response.StatusCode);
        }

        if (response.Content.Headers.ContentType?.MediaType == "text/html")
            throw new InvalidDataException("answered with an HTML page in place of the file");
    }

    private static void CheckLength(HttpResponseMessage response, CatalogFile file, PartialFile partial)
    {
        HttpContentHeaders headers = response.Content.Headers;
        if (response.StatusCode == HttpStatusCode.PartialContent && !Continues(headers.ContentRange, file, partial))
            throw new InvalidDataException($"answered with the part '{headers.ContentRange}' in place of that from byte {partial.Length} of {file.Length}");
        if (headers.ContentLength is long length && partial.Length + length != (file.Length ?? length))
            throw new InvalidDataException($"offers {partial.Length + length} bytes in place of {file.Length}");
    }

    private static bool Continues(ContentRangeHeaderValue? range, CatalogFile file, PartialFile partial) =>
        range is { Unit: "bytes", From: { } from } && from == partial.Length && (range.Length ?? file.Length) == file.Length;

    /// <summary>How long next to nothing may come.</summary>
    private sealed class Patience(CancellationTokenSource silence, TimeSpan stallTimeout, CancellationToken token)
    {
        private int _received;

        public CancellationToken Token => token;

        /// <summary>Why it came to an end.</summary>
        public string Failure => string.Create(
            CultureInfo.InvariantCulture,
            $"{(_received == 0 ? "nothing came for" : $"no more than {_received} bytes came in")} {stallTimeout.TotalSeconds:0.#} s");

        public void Renew()
        {
            _received = 0;
            silence.CancelAfter(stallTimeout);
        }

        public void Note(int bytes)
        {
            _received += bytes;
            if (_received >= LeastBytes)
                Renew();
        }
    }
}
