using System.Collections.Concurrent;

namespace NeuralDigits;

/// <summary>Does pieces of work on other threads, while one has something else to do, and on that one too when it comes to wait for them.</summary>
/// <typeparam name="TRoom">What a thread works in, which no two can share.</typeparam>
internal sealed class SpareTime<TRoom> : IDisposable
{
    private readonly ConcurrentQueue<Action<TRoom>> _pieces = new();
    private readonly TRoom _ownRoom;
    private readonly TRoom[] _rooms;
    private readonly Task[] _helpers;

    /// <param name="threads">How many threads may work, at least 1: with one, nothing is done before it is waited for.</param>
    /// <param name="newRoom">Makes what a thread works in.</param>
    public SpareTime(int threads, Func<TRoom> newRoom)
    {
        _ownRoom = newRoom();
        _rooms = [.. Enumerable.Range(1, threads - 1).Select(_ => newRoom())];
        _helpers = [.. _rooms.Select(_ => Task.CompletedTask)];
    }

    /// <summary>Adds a piece of work. Only one thread may do so, the same that waits.</summary>
    public void Add(Action<TRoom> piece)
    {
        _pieces.Enqueue(piece);
        int idle = Array.FindIndex(_helpers, helper => helper.IsCompletedSuccessfully);
        if (idle >= 0)
            _helpers[idle] = Task.Run(() => Work(_rooms[idle], CancellationToken.None));
    }

    /// <summary>Works, too, until all pieces are done.</summary>
    /// <exception cref="AggregateException">A piece of work failed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; some pieces are not done.</exception>
    public void Complete(CancellationToken cancellation)
    {
        Work(_ownRoom, cancellation);
        Task.WaitAll(_helpers, cancellation);
    }

    /// <summary>Gives up what has not begun, and waits for what has, whether it fails or not.</summary>
    public void Dispose()
    {
        _pieces.Clear();
        Task.WhenAny(Task.WhenAll(_helpers)).Wait();
    }

    private void Work(TRoom room, CancellationToken cancellation)
    {
        while (_pieces.TryDequeue(out Action<TRoom>? piece))
        {
            cancellation.ThrowIfCancellationRequested();
            piece(room);
        }
    }
}
