using BenchmarkDotNet.Attributes;

namespace NeuralDigits.Benchmarks;

/// <summary>Changes training images, as before an epoch: the time is of one image of 28 x 28 pixels on one thread.</summary>
public class AugmentationBenchmarks
{
    private const int Images = 2000;
    private readonly byte[] _target = new byte[28 * 28];
    private LabelledImages _images = null!;
    private ImageAugmenter _augmenter = null!;
    private int _epoch;

    /// <summary>How they are changed.</summary>
    [Params(Augmentation.Shift, Augmentation.Affine, Augmentation.Elastic)]
    public Augmentation Kind { get; set; }

    /// <summary>Reads the images.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _images = DataSet.Load(BenchmarkData.Folder).Training.Slice(0, Images);
        _augmenter = ImageAugmenter.Create(Kind, _images.Rows, _images.Columns);
    }

    /// <summary>The images of another epoch each time.</summary>
    [Benchmark(OperationsPerInvoke = Images)]
    public byte Augment()
    {
        _epoch++;
        for (int i = 0; i < Images; i++)
            _augmenter.Augment(_images.Image(i), ImageAugmenter.RandomFor(seed: 0, _epoch, i), _target);
        return _target[0];
    }
}
