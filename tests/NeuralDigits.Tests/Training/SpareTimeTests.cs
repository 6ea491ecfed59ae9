namespace NeuralDigits.Tests;

public class SpareTimeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void All_pieces_are_done_once_and_no_two_threads_share_a_room(int threads)
    {
        var sums = new List<int[]>();
        using var work = new SpareTime<int[]>(threads, () =>
        {
            sums.Add(new int[1]);
            return sums[^1];
        });
        for (int round = 1; round <= 20; round++)
        {
            for (int piece = 0; piece < 50; piece++)
                work.Add(room => room[0]++);
            work.Complete(CancellationToken.None);
            Assert.Equal(round * 50, sums.Sum(room => room[0]));
        }

        Assert.Equal(threads, sums.Count);
    }

    [Fact]
    public void Alone_nothing_is_done_before_it_is_waited_for()
    {
        int done = 0;
        using var work = new SpareTime<int>(1, () => 0);
        work.Add(_ => done++);
        Assert.Equal(0, done);
        work.Complete(CancellationToken.None);
        Assert.Equal(1, done);
    }

    [Fact]
    public void Another_thread_works_while_this_one_does_something_else()
    {
        using var done = new ManualResetEventSlim();
        using var work = new SpareTime<int>(2, () => 0);
        work.Add(_ => done.Set());
        Assert.True(done.Wait(TimeSpan.FromMinutes(5)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_failure_is_told_to_the_one_who_waits(int threads)
    {
        using var begun = new ManualResetEventSlim();
        using var work = new SpareTime<int>(threads, () => 0);
        work.Add(_ =>
        {
            begun.Set();
            throw new InvalidOperationException("broken");
        });
        if (threads > 1)
            Assert.True(begun.Wait(TimeSpan.FromMinutes(5)));

        Exception exception = Assert.ThrowsAny<Exception>(() => work.Complete(CancellationToken.None));

        Assert.Contains("broken", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_not_begun_is_given_up()
    {
        int done = 0;
        using (var work = new SpareTime<int>(1, () => 0))
            work.Add(_ => done++);
        Assert.Equal(0, done);
    }
}
