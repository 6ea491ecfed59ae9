using System.Collections.Concurrent;
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
internal sealed record Reply(
    byte[] Body, string Status = "200 OK", string ContentType = "application/gzip", int? DeclaredLength = null, bool Stalls = false);

/// <summary>A real HTTP server on 127.0.0.1.</summary>
internal sealed class LocalMirror : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, Reply> _answer;
    private readonly ConcurrentQueue<string> _requests = new();

    /// <summary>Starts a server.</summary>
    /// <param name="answer">Gives the reply for a file name.</param>
    public LocalMirror(Func<string, Reply> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/data/");
        _ = AcceptAsync();
    }

    /// <summary>A server that has the files of <see cref="TinyDataSet"/>.</summary>
    public static LocalMirror Sound() => new(name => new Reply(TinyDataSet.Gzipped[name]));

    public Uri Address { get; }

    /// <summary>The names of the files asked for.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

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
        string name = await ReadFileNameAsync(stream, stop);
        _requests.Enqueue(name);
        Reply reply = _answer(name);
        int length = reply.DeclaredLength ?? reply.Body.Length;
        string header = $"HTTP/1.1 {reply.Status}\r\nContent-Type: {reply.ContentType}\r\nConnection: close\r\n"
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

    private static async Task<string> ReadFileNameAsync(NetworkStream stream, CancellationToken stop)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        string request = (await reader.ReadLineAsync(stop))!;
        while (await reader.ReadLineAsync(stop) is not (null or ""))
        {
        }

        return request.Split(' ')[1].Split('/')[^1];
    }
}
