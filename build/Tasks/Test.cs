using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Test;

namespace NeuralDigits.Pipeline;

[TaskName(nameof(Test))]
[TaskDescription("Runs all tests, or those that --filter selects, and counts them.")]
[IsDependentOn(typeof(Build))]
public sealed class Test : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        // The counts must be those of this run.
        context.EnsureDirectoryDoesNotExist(BuildContext.TestResults, new DeleteDirectorySettings { Recursive = true, Force = true });
        int exitCode = RunTests(context);

        TestCounts counts = TestCounts.Read(BuildContext.TestResults);
        context.EnsureDirectoryExists(BuildContext.TestResults);
        File.WriteAllText($"{BuildContext.TestResults}/summary.txt", counts + "\n");
        context.Information("{0}", counts);

        if (counts.Failed > 0)
            throw new CakeException($"Failed tests: {counts.Failed}.");
        if (exitCode != 0)
            throw new CakeException($"dotnet test ended with exit code {exitCode}, though no test failed: see its output above.");
        if (counts.Passed == 0)
            throw new CakeException("No test ran.");
    }

    private static int RunTests(BuildContext context)
    {
        int exitCode = 0;
        context.DotNetTest(BuildContext.Solution, new DotNetTestSettings
        {
            Configuration = BuildContext.BuildConfiguration,
            NoBuild = true,
            NoRestore = true,
            NoLogo = true,
            Filter = context.Given("filter"),
            // A prefix keeps the files of projects that run at the same time apart.
            Loggers = ["trx;LogFilePrefix=tests"],
            ResultsDirectory = BuildContext.TestResults,
            HandleExitCode = code =>
            {
                exitCode = code;
                return true;
            },
        });
        return exitCode;
    }
}
