using Microsoft.Build.Framework;

namespace NeuralDigits.MSBuild;

/// <summary>Checks a trained model in all its forms, trains it again, and compares the bytes.</summary>
public sealed class VerifyModel : ModelTask
{
    private protected override bool Execute(ModelItem model, string folder, string modelDirectory)
    {
        bool isVerified = Run("verify", modelDirectory, "--retrain", "--data", model.TrainingData);
        if (isVerified)
            Log.LogMessage(MessageImportance.High, "{0}", $"{Name}: verified, trained again to the same bytes -> {modelDirectory}");
        return isVerified;
    }

    private protected override string CodeOf(int exitCode) => exitCode == 1 ? DiagnosticCode.VerificationFailed : base.CodeOf(exitCode);
}
