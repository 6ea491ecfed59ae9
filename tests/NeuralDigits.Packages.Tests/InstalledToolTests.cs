using NeuralDigits.Cli.Tests;

namespace NeuralDigits.Packages.Tests;

[Collection(PackedPackagesGroup.Name)]
public sealed class InstalledToolTests(PackedPackages packages) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_tool_installed_from_its_package_trains_and_reads_pictures()
    {
        await packages.InstallToolAsync(_folder, "NeuralDigits.Cli", "tools");
        string tool = _folder[Path.Combine("tools", OperatingSystem.IsWindows() ? "neuraldigits.exe" : "neuraldigits")];

        await InstalledProgram.RunAsync(
            tool, _folder.Path, "train", "--data", packages.Segments.Data, "--epochs", "20", "--hidden", "20", "--model-name", "digits", "--model-version", "1.0.0");
        string png = _folder.Write("seven.png", PictureBytes.GreyPng(SegmentDigits.Draw(7, rows: 120, columns: 80, top: 9, left: 9, height: 80, pen: 6)));
        Assert.StartsWith($"{png}\t7\t", await InstalledProgram.RunAsync(tool, _folder.Path, "predict", "digits", png), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
