namespace NeuralDigits.Pipeline;

[TaskName(nameof(Train))]
[TaskDescription("Trains a network and saves it as a new version of its model.")]
[IsDependentOn(typeof(Build))]
public sealed class Train : FrostingTask<BuildContext>
{
    private static readonly string[] TargetsOfModel = [nameof(Evaluate), nameof(Publish), nameof(Verify)];

    public override bool ShouldRun(BuildContext context)
    {
        if (context.IsAsked(nameof(Train)))
            return true;
        // Package takes what model there is, and does without.
        if (context.ModelNames.Count == 0)
            return TargetsOfModel.Any(context.IsAsked);
        context.Information("{0} is skipped: there is a model already. Ask for it by --target {0} to train another.", nameof(Train));
        return false;
    }

    public override void Run(BuildContext context)
    {
        OrderedDictionary<string, string> options = context.OptionsOf(nameof(Train));
        // A model that Evaluate would refuse is not to be saved on the way there.
        if (!context.IsAsked(nameof(Train)))
            options["min-accuracy"] = context.MinAccuracy;
        context.Trained = context.RunTraining(options);
    }
}
