using System.Text.RegularExpressions;

namespace NeuralDigits.Tests;

/// <summary>Reads one damaged file after another: each is refused with <see cref="InvalidDataException"/>, or read.</summary>
internal sealed partial class MutationRun
{
    // Ends a run that hangs; one that does not takes seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly HashSet<string> _reasons = [];

    /// <summary>How many files were read in spite of what was done to them.</summary>
    public int Accepted { get; private set; }

    /// <summary>How many different reasons there were to refuse the others: each is another check that was reached.</summary>
    public int Reasons => _reasons.Count;

    /// <summary>Makes and reads files.</summary>
    /// <param name="count">How many.</param>
    /// <param name="next">Makes one.</param>
    /// <param name="read">Reads it, and checks what was read.</param>
    /// <param name="memory">The most bytes that reading one may take.</param>
    public static async Task<MutationRun> RunAsync(int count, Func<byte[]> next, Action<byte[]> read, long memory)
    {
        var run = new MutationRun();
        byte[] current = [];
        Task work = Task.Run(() =>
        {
            for (int i = 0; i < count; i++)
            {
                current = next();
                run.Read(current, read, memory);
            }
        });
        if (await Task.WhenAny(work, Task.Delay(Patience)) != work)
            Assert.Fail($"It hangs on the file {Convert.ToBase64String(current)}.");
        await work;
        return run;
    }

    private void Read(byte[] file, Action<byte[]> read, long memory)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read(file);
            Accepted++;
        }
        catch (InvalidDataException exception)
        {
            _reasons.Add(Detail().Replace(exception.Message, "*"));
        }
        catch (Exception exception)
        {
            Assert.Fail($"{exception}\nThe file: {Convert.ToBase64String(file)}");
        }

        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(taken <= memory, $"{taken} bytes were taken for the file {Convert.ToBase64String(file)}.");
    }

    [GeneratedRegex("'[^']*'|[0-9]+|\"[^\"]*\"", RegexOptions.Singleline)]
    private static partial Regex Detail();
}
