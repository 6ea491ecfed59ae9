namespace NeuralDigits.Tests;

/// <summary>Fetches the tiny data set as a program does, and says whether it waited and where the data came from.</summary>
internal static class ProbeFetching
{
    public static async Task RunAsync(Uri mirror, string cache)
    {
        using HttpClient client = DataSetLocator.CreateHttpClient();
        var locator = new DataSetLocator(TinyDataSet.Entry(mirror), cache, client) { Waiting = () => Console.WriteLine("waiting") };
        Console.WriteLine((await locator.LocateAsync(null, null)).Origin);
    }
}
