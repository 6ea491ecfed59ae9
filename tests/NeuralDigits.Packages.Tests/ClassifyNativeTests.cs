using System.Globalization;
using NeuralDigits.Cli.Tests;

namespace NeuralDigits.Packages.Tests;

[Collection(PackedPackagesGroup.Name)]
public sealed class ClassifyNativeTests(PackedPackages packages) : IDisposable
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
        var classifier = new PictureClassifier(ModelDirectory.Open(packages.Segments.Model).Model);
        for (int digit = 0; digit < 10; digit++)
        {
            Picture picture = SegmentDigits.Draw(digit, rows: 150, columns: 100, top: 20, left: 15, height: 90, pen: 7);
            string png = _folder.Write("digit.png", PictureBytes.GreyPng(picture));
            string output = await InstalledProgram.RunAsync(program, _folder.Path, Path.Combine(packages.Segments.Model, "model.safetensors"), png);
            Classification expected = classifier.Classify(picture);
            Assert.Equal($"{digit}", expected.Label);
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{expected.Label}  {expected.Score:0.0000}"), output.Trim());
        }
    }

    public void Dispose() => _folder.Dispose();
}
