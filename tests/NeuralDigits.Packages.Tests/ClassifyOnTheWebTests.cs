using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.EventStream;
using NeuralDigits.Cli.Tests;

namespace NeuralDigits.Packages.Tests;

/// <summary>A model as a package: NeuralDigits.Model in a web service.</summary>
[Collection(PackedPackagesGroup.Name)]
public sealed partial class ClassifyOnTheWebTests(PackedPackages packages) : IDisposable
{
    private const string Sample = "ClassifyOnTheWeb";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_web_service_reads_pictures_with_the_model_of_the_package_and_refuses_others()
    {
        string project = packages.CopySample(_folder, Sample);
        await DotNet.RunAsync(project, "publish", "--output", _folder["published"]);

        await ServeAsync(async service =>
        {
            for (int digit = 0; digit < 10; digit++)
            {
                Picture picture = SegmentDigits.Draw(digit, rows: 150, columns: 100, top: 20, left: 15, height: 90, pen: 7);
                HttpResponseMessage answer = await PostAsync(service, PictureBytes.GreyPng(picture));
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                Assert.Equal($"{digit}", (await answer.Content.ReadFromJsonAsync<Answer>())!.Label);
            }

            var blank = new Picture(new byte[100], 10, 10);
            Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(service, PictureBytes.GreyPng(blank))).StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(service, "no picture"u8.ToArray())).StatusCode);
        });
    }

    [Fact]
    public async Task The_model_reaches_the_output_folder_of_a_project_that_references_it_through_another_one()
    {
        packages.CopySample(_folder, Sample);
        _folder.Write("Tests/Tests.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><ProjectReference Include="../ClassifyOnTheWeb/ClassifyOnTheWeb.csproj" /></ItemGroup>
              <Target Name="Tell" AfterTargets="Build"><Message Importance="high" Text="The model comes from [$(NeuralDigitsModelDirectory)]" /></Target>
            </Project>
            """u8);

        string log = await DotNet.RunAsync(_folder["Tests"], "build");

        string copied = _folder[Path.Combine("Tests", "bin", "Debug", "net10.0", "models", "NeuralDigits.Model")];
        ModelManifest manifest = ModelDirectory.Open(copied).Manifest;
        Assert.Equal(packages.Version, manifest.Version);
        string origin = OriginLine().Match(log).Groups["folder"].Value;
        Assert.Equal(manifest.Version, ModelDirectory.Open(origin).Manifest.Version);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<HttpResponseMessage> PostAsync(HttpClient service, byte[] content) => service.PostAsync("classify", new ByteArrayContent(content));

    private async Task ServeAsync(Func<HttpClient, Task> use)
    {
        using var stop = new CancellationTokenSource();
        Command command = DotNet.Command(_folder["published"], $"{Sample}.dll", "--urls", "http://127.0.0.1:0");
        var isServed = false;
        try
        {
            await foreach (CommandEvent happened in command.ListenAsync(stop.Token))
            {
                if (happened is not StandardOutputCommandEvent { Text: var line } || AddressLine().Match(line) is not { Success: true } found)
                    continue;
                using var service = new HttpClient { BaseAddress = new Uri(found.Groups["address"].Value) };
                await use(service);
                isServed = true;
                await stop.CancelAsync();
            }
        }
        catch (OperationCanceledException) when (isServed)
        {
        }

        Assert.True(isServed, "The service ended before it listened.");
    }

    private sealed record Answer(string Label, float Score);

    [GeneratedRegex("Now listening on: (?<address>http://.*)$")]
    private static partial Regex AddressLine();

    [GeneratedRegex(@"The model comes from \[(?<folder>.*)\]")]
    private static partial Regex OriginLine();
}
