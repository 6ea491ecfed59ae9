using System.Globalization;
using Polly;
using Polly.Retry;

namespace NeuralDigits.Cli;

/// <summary>Asks a mirror again that failed in a way that may pass: three times, after waits that grow and are never quite the same.</summary>
internal static class DownloadRetries
{
    private const int Retries = 3;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>What runs the attempts at one mirror.</summary>
    /// <param name="clock">The clock that the waits go by.</param>
    /// <param name="jitter">Numbers from 0 to below 1, so that many who were cut off at once do not all come back at once.</param>
    /// <param name="reporter">Is told of each wait.</param>
    public static DownloadAttempts Create(TimeProvider clock, Func<double> jitter, DownloadReporter reporter)
    {
        ResiliencePipeline pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<Exception>(DataSetLocator.IsTransient),
                MaxRetryAttempts = Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = FirstWait,
                MaxDelay = LongestWait,
                UseJitter = true,
                Randomizer = jitter,
                OnRetry = retry =>
                {
                    reporter.Note(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{retry.Outcome.Exception!.Message}; trying again in {retry.RetryDelay.TotalSeconds:0.0} s ({retry.AttemptNumber + 1} of {Retries})"));
                    return default;
                },
            })
            .Build();
        return (attempt, cancellation) => pipeline.ExecuteAsync(token => new ValueTask(attempt(token)), cancellation).AsTask();
    }
}
