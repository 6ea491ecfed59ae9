using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NeuralDigits.Tests;

/// <summary>How a mirror answers a request for a file.</summary>
/// <param name="Body">What it sends.</param>
/// <param name="Status">The status line.</param>
/// <param name="ContentType">The type it gives.</param>
/// <param name="DeclaredLength">The length it announces; the body's if left out, none if negative.</param>
/// <param name="Stalls">Whether it then sends nothing more but keeps the connection.</param>
/// <param name="MoreHeaders">Lines to add to the header.</param>
internal sealed record Reply(
    byte[] Body, string Status = "200 OK", string ContentType = "application/gzip", int? DeclaredLength = null, bool Stalls = false,
    params string[] MoreHeaders)
{
    /// <summary>The rest of a file from a byte on, as a mirror that can do that answers.</summary>
    public static Reply Part(byte[] content, int from) =>
        new(content[from..], "206 Partial Content", MoreHeaders: $"Content-Range: bytes {from}-{content.Length - 1}/{content.Length}");
}

/// <summary>What a mirror is asked for.</summary>
/// <param name="Name">The name of the file.</param>
/// <param name="From">The first byte of the part that is wanted; null for the whole file.</param>
/// <param name="Target">What stands in the request line: a path, or to a proxy a whole address.</param>
internal sealed record MirrorRequest(string Name, int? From, string Target);

/// <summary>A real HTTP server on 127.0.0.1.</summary>
internal sealed class LocalMirror : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<MirrorRequest, Reply> _answer;
    private readonly ConcurrentQueue<MirrorRequest> _requests = new();

    /// <summary>Starts a server.</summary>
    /// <param name="answer">Gives the reply to a request.</param>
    public LocalMirror(Func<MirrorRequest, Reply> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/data/");
        _ = AcceptAsync();
    }

    /// <summary>A server that has the files of <see cref="TinyDataSet"/>.</summary>
    public static LocalMirror Sound() => new(request => new Reply(TinyDataSet.Gzipped[request.Name]));

    public Uri Address { get; }

    /// <summary>The names of the files asked for.</summary>
    public IReadOnlyCollection<string> Requests => [.. _requests.Select(request => request.Name)];

    /// <summary>All that was asked for.</summary>
    public IReadOnlyList<MirrorRequest> AllRequests => [.. _requests];

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        CancellationToken stop = _stop.Token;
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(stop), stop);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The server was stopped.
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stop)
    {
        using TcpClient connection = client;
        using NetworkStream stream = connection.GetStream();
        MirrorRequest request = await ReadAsync(stream, stop);
        _requests.Enqueue(request);
        Reply reply = _answer(request);
        int length = reply.DeclaredLength ?? reply.Body.Length;
        string header = $"HTTP/1.1 {reply.Status}\r\nContent-Type: {reply.ContentType}\r\nConnection: close\r\n"
            + string.Concat(reply.MoreHeaders.Select(line => line + "\r\n"))
            + (length < 0 ? "\r\n" : $"Content-Length: {length}\r\n\r\n");
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(header), stop);
            await stream.WriteAsync(reply.Body, stop);
            if (reply.Stalls)
                await Task.Delay(Timeout.Infinite, stop);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The server was stopped, or the other side has heard enough.
        }
    }

    private static async Task<MirrorRequest> ReadAsync(NetworkStream stream, CancellationToken stop)
    {
        const string range = "Range: bytes=";
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        string target = (await reader.ReadLineAsync(stop))!.Split(' ')[1];
        int? from = null;
        while (await reader.ReadLineAsync(stop) is { Length: > 0 } line)
        {
            if (line.StartsWith(range, StringComparison.OrdinalIgnoreCase))
                from = int.Parse(line[range.Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        }

        return new MirrorRequest(target.Split('/')[^1], from, target);
    }
}
