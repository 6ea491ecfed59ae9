using System.Text;
using System.Text.Json;

namespace NeuralDigits.Tests;

/// <summary>120,000 damaged files, the same in every run.</summary>
[Trait("Category", "Slow")]
public sealed class MutationTests : IDisposable
{
    // Fewer of those that go through a file.
    private const int IdxCount = 20_000;
    private const int PickleCount = 10_000;
    private const int Count = 45_000;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Idx_files_are_refused_or_read_as_their_header_says()
    {
        var mutator = new Mutator(seed: 1);
        byte[][] files = [IdxBytes.Images(3, 5, 4), IdxBytes.Labels(20), IdxBytes.Images(1, 2, 2)];
        string path = _folder["file"];
        var anySize = new DataSetFormat { Rows = null, Columns = null };
        int turn = 0;
        MutationRun run = await MutationRun.RunAsync(IdxCount, NextFile, Read, memory: 1 << 20);

        Assert.InRange(run.Accepted, IdxCount / 100, IdxCount / 2);
        Assert.True(run.Reasons >= 20, $"{run.Reasons} reasons");

        // A file is damaged as it is, or within a sound gzip member, or gzipped and then damaged.
        byte[] NextFile()
        {
            byte[] file = files[turn++ % files.Length];
            byte[] other = files[mutator.Next(files.Length)];
            return mutator.Next(3) switch
            {
                0 => mutator.Mutate(file, other),
                1 => IdxBytes.Gzip(mutator.Mutate(file, other)),
                _ => mutator.Mutate(IdxBytes.Gzip(file), IdxBytes.Gzip(other)),
            };
        }

        void Read(byte[] file)
        {
            File.WriteAllBytes(path, file);
            bool isLabels = files[(turn - 1) % files.Length].Length == files[1].Length;
            IdxArray array = isLabels ? IdxFile.ReadLabels(path) : IdxFile.ReadImages(path, anySize);
            Assert.Equal(array.Dimensions.Aggregate((product, length) => product * length), array.Values.Length);
        }
    }

    [Fact]
    public async Task Pickles_are_refused_or_read_whole()
    {
        var mutator = new Mutator(seed: 4);
        byte[][] files =
        [
            PickleBytes.OfPython2(PickleBytes.Set(2), PickleBytes.Set(1), PickleBytes.Set(1)),
            PickleBytes.OfPython3(PickleBytes.Set(2), PickleBytes.Set(1), PickleBytes.Set(1)),
        ];
        string path = _folder["file"];
        var small = new DataSetFormat { Rows = PickleBytes.Side, Columns = PickleBytes.Side };
        MutationRun run = await MutationRun.RunAsync(
            PickleCount, () => mutator.Mutate(files[mutator.Next(2)], files[mutator.Next(2)]), Read, memory: 1 << 20);

        Assert.InRange(run.Accepted, PickleCount / 1000, PickleCount / 2);
        Assert.True(run.Reasons >= 30, $"{run.Reasons} reasons");

        void Read(byte[] file)
        {
            File.WriteAllBytes(path, file);
            DataSet data = PickledDataSet.Load(path, small);
            Assert.Equal(data.Training.Count * PickleBytes.Side * PickleBytes.Side, data.Training.Pixels.Length);
        }
    }

    [Fact]
    public async Task Models_are_refused_or_the_same()
    {
        var mutator = new Mutator(seed: 2);
        byte[][] files = [.. Enumerable.Range(1, 2).Select(seed => TinyModel.Create(seed: seed).Files["model.safetensors"])];
        MutationRun run = await MutationRun.RunAsync(Count, NextFile, Read, memory: 200_000);

        Assert.InRange(run.Accepted, Count / 1000, Count / 2);
        Assert.True(run.Reasons >= 30, $"{run.Reasons} reasons");

        // Half of them get the right length of their header again, so that it is read to where it is damaged.
        byte[] NextFile()
        {
            int file = mutator.Next(files.Length);
            byte[] bytes = files[file];
            byte[] other = files[1 - file];
            if (mutator.Next(2) == 0)
                return mutator.Mutate(bytes, other);
            byte[] header = mutator.Mutate(Encoding.UTF8.GetBytes(SafetensorsBytes.Header(bytes)), Encoding.UTF8.GetBytes(SafetensorsBytes.Header(other)));
            return SafetensorsBytes.Of(header, SafetensorsBytes.Values(bytes));
        }

        void Read(byte[] file)
        {
            byte[] read = ModelFile.Write(ModelFile.Read(file));
            bool hasChecksum = file.AsSpan().IndexOf("\"sha256\":"u8) >= 0;
            Assert.True(!hasChecksum || files.Any(read.SequenceEqual), "Another model was read, and its checksum was taken for right.");
        }
    }

    [Fact]
    public async Task Manifests_are_refused_or_can_be_written_again()
    {
        var mutator = new Mutator(seed: 3);
        byte[][] files = [.. Enumerable.Range(1, 2).Select(seed => TinyModel.Create(version: $"{seed}.0.0", seed: seed).Files["manifest.json"])];
        MutationRun run = await MutationRun.RunAsync(Count, () => mutator.Mutate(files[mutator.Next(2)], files[mutator.Next(2)]), Read, memory: 400_000);

        Assert.InRange(run.Accepted, Count / 100, Count / 2);
        Assert.True(run.Reasons >= 30, $"{run.Reasons} reasons");

        static void Read(byte[] file)
        {
            ModelManifest manifest = ManifestReader.Read("manifest.json", file);
            byte[] written = JsonSerializer.SerializeToUtf8Bytes(manifest, IndentedModelJson.Default.ModelManifest);
            Assert.Equal(written, JsonSerializer.SerializeToUtf8Bytes(ManifestReader.Read("manifest.json", written), IndentedModelJson.Default.ModelManifest));
        }
    }

    public void Dispose() => _folder.Dispose();
}
