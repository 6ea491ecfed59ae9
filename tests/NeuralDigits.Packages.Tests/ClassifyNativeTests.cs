using System.Globalization;
using NeuralDigits.Cli.Tests;

namespace NeuralDigits.Packages.Tests;

[Collection(PackedPackagesGroup.Name)]
public sealed class ClassifyNativeTests(PackedPackages packages, PublishedSegments segments) : IDisposable
{
    private const string Sample = "ClassifyNative";

    // The README says three megabytes.
    private const int LargestProgram = 3_500_000;

    private readonly TemporaryFolder _folder = new();

    [NativeFact]
    public async Task A_program_compiled_ahead_of_time_without_a_warning_reads_pictures()
    {
        string project = packages.CopySample(_folder, Sample);
        await DotNet.RunAsync(
            project, "publish", "--use-current-runtime", "--output", _folder["published"], "-warnaserror", "-p:TrimmerSingleWarn=false");

        string program = _folder[Path.Combine("published", OperatingSystem.IsWindows() ? $"{Sample}.exe" : Sample)];
        Assert.InRange(new FileInfo(program).Length, 1, LargestProgram);
        Model model = ModelDirectory.Open(segments.Model).Model;
        for (int digit = 0; digit < 10; digit++)
        {
            Picture picture = SegmentDigits.Draw(digit, rows: 150, columns: 100, top: 20, left: 15, height: 90, pen: 7);
            string png = _folder.Write("digit.png", PictureBytes.GreyPng(picture));
            string output = await InstalledProgram.RunAsync(program, _folder.Path, Path.Combine(segments.Model, "model.safetensors"), png);
            Assert.Equal(Expected(model, picture), output.Trim());
        }
    }

    public void Dispose() => _folder.Dispose();

    private static string Expected(Model model, Picture picture)
    {
        var scores = new float[model.Labels.Count];
        Scores.Normalize(new ForwardPass(model.Network).Run(DigitImage.From(picture)), scores);
        int best = Scores.ArgMax(scores);
        return string.Create(CultureInfo.InvariantCulture, $"{model.Labels[best]}  {scores[best]:0.0000}");
    }
}
