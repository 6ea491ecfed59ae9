namespace NeuralDigits.Tests;

public class ThreadChoiceTests
{
    [Fact]
    public void All_threads_are_used_when_they_are_faster() => Assert.Equal([1, 1, 4, 4, 4, 4], Choices(6, threads => threads == 1 ? 2 : 1));

    [Fact]
    public void One_thread_is_used_when_more_are_slower_and_more_are_tried_again_ever_less_often()
    {
        int[] choices = Choices(60, threads => threads == 1 ? 1 : 2);
        Assert.Equal([2, 3, 5, 7, 16, 33], choices.Index().Where(choice => choice.Item == 4).Select(choice => choice.Index));
    }

    [Fact]
    public void The_first_stretch_of_all_threads_says_nothing_since_code_is_compiled_in_it()
    {
        int stretch = 0;
        double[] together = [50, 1, 10, 1, 1, 1];
        Assert.Equal([1, 1, 4, 4, 4, 1, 4, 4], Choices(8, threads => threads == 1 ? 2 : together[stretch++]));
    }

    [Fact]
    public void Two_slow_stretches_with_one_thread_between_them_are_an_accident_and_three_are_not()
    {
        int stretch = 0;
        double[] together = [1, 1, 10, 10, 1, 10, 10, 10];
        Assert.Equal([1, 1, 4, 4, 4, 1, 4, 1, 4, 4, 1, 4, 1, 4, 1, 1], Choices(16, threads => threads == 1 ? 2 : together[stretch++]));
    }

    [Fact]
    public void All_threads_are_not_given_up_when_the_machine_is_slow_and_one_is_slower_still()
    {
        int stretch = 0;
        double[] together = [1, 1, 3, 3, 3, 3, 3];
        Assert.Equal([1, 1, 4, 4, 4, 1, 4, 4, 4, 4], Choices(10, threads => threads == 4 ? together[stretch++] : stretch == 0 ? 2 : 6));
    }

    [Fact]
    public void All_threads_are_on_trial_until_they_were_fast()
    {
        var choice = new ThreadChoice(4);
        var trials = new List<bool>();
        foreach (double time in (double[])[2, 2, 1, 1, 10, 1, 1])
        {
            trials.Add(choice.IsTrial);
            choice.Note(choice.Next(), time);
        }

        Assert.Equal([false, false, true, true, false, false, true], trials);
    }

    [Fact]
    public void One_thread_is_not_thought_slow_because_others_shared_its_core()
    {
        var choice = new ThreadChoice(4);
        choice.Note(1, 1);
        choice.Note(1, 1);
        foreach (double slow in (double[])[2, 2, 2, 2])
            choice.Note(4, slow);
        while (choice.Next() == 1)
            choice.Note(1, 10, hadCompany: true);
        choice.Note(4, 2);
        Assert.Equal(1, choice.Next());
    }

    [Fact]
    public void All_threads_are_not_thought_slow_because_others_shared_their_cores()
    {
        var choice = new ThreadChoice(4);
        choice.Note(1, 1);
        choice.Note(1, 1);
        choice.Note(4, 50);
        foreach (bool hadCompany in (bool[])[false, true, false, true, true])
            choice.Note(4, 2, hadCompany);
        choice.Note(1, 1);
        Assert.Equal(4, choice.Next());
        choice.Note(4, 2);
        choice.Note(1, 1);
        Assert.Equal(1, choice.Next());
    }

    [Fact]
    public void All_threads_that_are_fast_in_spite_of_company_are_fast()
    {
        var choice = new ThreadChoice(4);
        foreach (double time in (double[])[2, 2, 50])
            choice.Note(choice.Next(), time);
        Assert.True(choice.IsTrial);
        choice.Note(4, 10);
        choice.Note(4, 1, hadCompany: true);
        Assert.False(choice.IsTrial);
    }

    private static int[] Choices(int count, Func<int, double> time)
    {
        var choice = new ThreadChoice(4);
        var choices = new List<int>();
        for (int i = 0; i < count; i++)
        {
            choices.Add(choice.Next());
            choice.Note(choices[^1], time(choices[^1]));
        }

        return [.. choices];
    }
}
