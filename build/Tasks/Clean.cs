namespace NeuralDigits.Pipeline;

[TaskName(nameof(Clean))]
[TaskDescription("Removes what was built, packed and tested; keeps the models and the data.")]
public sealed class Clean : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        // The build runs from its own output.
        string own = typeof(Clean).Assembly.GetName().Name!;
        IEnumerable<DirectoryPath> output = context.GetDirectories("artifacts/{bin,obj}/*").Where(folder => folder.GetDirectoryName() != own);
        foreach (DirectoryPath folder in output.Concat(["artifacts/package", "artifacts/publish", "artifacts/test-packages", BuildContext.TestResults]))
            context.EnsureDirectoryDoesNotExist(folder, new DeleteDirectorySettings { Recursive = true, Force = true });
        context.Information("Removed the output below artifacts. Kept artifacts/models, artifacts/data and the build program.");
    }
}
