using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using NeuralDigits.ML;

namespace NeuralDigits.Cli;

/// <summary><c>neuraldigits train</c>: from the data to a published model.</summary>
internal sealed class TrainCommand
{
    private static readonly TrainingOptions Defaults = new();

    private readonly DataOptions _data = new();
    private readonly Option<string> _output = CommonOptions.Output();
    private readonly ValidationOptions _validation = new();
    private readonly Option<string?> _name = CommonOptions.ModelName();
    private readonly Option<string?> _version = CommonOptions.ModelVersion("The model's version. Default: the tool's, which comes from the git tags.");
    private readonly Option<AccuracyFloor?> _minAccuracy = AccuracyFloor.Option("The floor: below this test accuracy nothing is published. Default: none.");
    private readonly Option<double> _maxRegression = CommonOptions.MaxRegression();
    private readonly Option<string?> _baseline = CommonOptions.Baseline();
    private readonly Option<bool> _force = new("--force") { Description = "Publish even below --min-accuracy or --max-regression; the manifest says so." };
    private readonly Option<string> _builder = Builder();
    private readonly Option<int> _threads = CommonOptions.Threads();
    private readonly Option<int[]> _hidden = Hidden();
    private readonly Option<int> _epochs = Count("--epochs", "How often the whole training set is gone through.", Defaults.Epochs);
    private readonly Option<int> _miniBatch = Count("--mini-batch", "How many examples make one step.", Defaults.MiniBatchSize);
    private readonly Option<float> _learningRate = NumberOption.Create(
        "--learning-rate", "How far a step goes.", "X", "a positive number", rate => rate > 0 && float.IsFinite(rate), () => Defaults.LearningRate);

    private readonly Option<int> _seed = NumberOption.Create(
        "--seed", "Where all randomness starts. The same seed gives the same model.", "N", "a whole number", _ => true, () => Defaults.Seed);

    private readonly Option<WeightInitialization> _initialization = Initialization();
    private readonly Option<Augmentation> _augment = Augment();

    public static Command Create(CommandEnvironment environment)
    {
        var options = new TrainCommand();
        var command = new Command("train", "Trains a network, evaluates it on the test set, and publishes it.")
        {
            options._epochs, options._hidden, options._miniBatch, options._learningRate, options._initialization, options._augment,
            options._seed, options._threads, options._minAccuracy, options._maxRegression, options._baseline, options._force,
            options._name, options._version, options._output, options._builder,
        };
        options._validation.AddTo(command);
        options._data.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => options.RunAsync(parsed, environment, cancellation), cancellation));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellation)
    {
        string output = parsed.GetValue(_output)!;
        string version = parsed.GetValue(_version) ?? ToolVersion.ForModels(environment.ToolVersion);
        var progress = new EpochReporter(parsed.GetValue(_epochs), environment);
        var trainer = new SigmoidMlpTrainer.Options
        {
            HiddenLayers = parsed.GetValue(_hidden)!,
            Epochs = parsed.GetValue(_epochs),
            MiniBatchSize = parsed.GetValue(_miniBatch),
            LearningRate = parsed.GetValue(_learningRate),
            Initialization = parsed.GetValue(_initialization),
            Augmentation = parsed.GetValue(_augment),
            Seed = parsed.GetValue(_seed),
            Threads = parsed.GetValue(_threads),
            Progress = progress,
            Cancellation = cancellation,
            ThrowOnCancellation = true,
        };

        // What can be refused is refused before the work, not after it.
        WrongUsageException.ThrowIfRefused(trainer.Validate);
        _validation.Check(parsed);
        PublishedModel.CheckName(parsed.GetValue(_name), version);
        PublishedModel.CheckBaseline(parsed.GetValue(_baseline), version);
        PublishedModel.CheckStore(output);

        // Nobody waits for it, and what fails in it is left to fail in earnest, where it is told.
        _ = Rehearsal.RunAsync(trainer, environment);
        DataSet data = await _data.Source(parsed, environment).LoadOrDrawAsync(cancellation);
        data = _validation.Apply(data, parsed.GetValue(_seed), parsed, environment);
        DataWarnings.Write(data, environment.Error);
        string name = parsed.GetValue(_name) ?? data.Name;
        RequireOwnName(name, data);
        ModelDirectory? baseline = PublishedModel.OpenBaseline(output, name, version, parsed.GetValue(_baseline));
        var gate = new QualityGate(parsed.GetValue(_minAccuracy)?.For(data), parsed.GetValue(_maxRegression), baseline);
        var job = new TrainingJob(data, trainer, progress, environment);
        ModelContent content = job.Run(name, version, parsed.GetValue(_builder)!, gate, parsed.GetValue(_force));
        ModelPublication.Publish(output, content, environment);
        return ExitCode.Done;
    }

    // Nobody is to take a model of drawn digits for one of a data set that people know.
    private static void RequireOwnName(string name, DataSet data)
    {
        if (data.Generator is not null && DataCatalog.Find(name) is not null)
        {
            throw new WrongUsageException(
                $"A model trained on {data.Name} must not be called '{name}', as a data set of the catalog is: leave --model-name out, or take another.");
        }
    }

    private static Option<string> Builder()
    {
        var option = new Option<string>("--builder")
        {
            Description = "Who trains it, as a URI, for the provenance: on a build server the address of the workflow.",
            HelpName = "URI",
            DefaultValueFactory = _ => ManifestProvenance.LocalBuilder,
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } builder && !ManifestProvenance.IsBuilder(builder))
                result.AddError($"--builder is '{builder}'; expected {ManifestProvenance.BuilderForm}.");
        });
        return option;
    }

    private static Option<int> Count(string name, string description, int defaultValue) =>
        NumberOption.Create(name, description, "N", "a whole number from 1", number => number >= 1, () => defaultValue);

    private static Option<int[]> Hidden() => new("--hidden")
    {
        Description = "The sizes of the hidden layers, separated by commas: 60 or 100,30.",
        HelpName = "SIZES",
        DefaultValueFactory = _ => [.. Defaults.HiddenLayers],
        CustomParser = ParseSizes,
    };

    private static Option<WeightInitialization> Initialization()
    {
        var option = new Option<WeightInitialization>("--initialization")
        {
            Description = "How the first weights are drawn: N(0, 1/√inputs), or N(0, 1) as in the book's first network.",
            HelpName = string.Join('|', InitializationNames.All),
            DefaultValueFactory = _ => Defaults.Initialization,
            CustomParser = result => InitializationNames.Parse(result.Tokens[0].Value),
        };
        option.AcceptOnlyFromAmong([.. InitializationNames.All]);
        return option;
    }

    private static Option<Augmentation> Augment()
    {
        var option = new Option<Augmentation>("--augment")
        {
            Description =
                "How the training images are changed before each epoch: moved by up to a pixel; turned, stretched, slanted and moved a little; or " +
                "distorted elastically.",
            HelpName = string.Join('|', AugmentationNames.All),
            DefaultValueFactory = _ => Defaults.Augmentation,
            CustomParser = result => AugmentationNames.Parse(result.Tokens[0].Value),
        };
        option.AcceptOnlyFromAmong([.. AugmentationNames.All]);
        return option;
    }

    private static int[] ParseSizes(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string[] parts = text.Split(',');
        var sizes = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out sizes[i]) || sizes[i] < 1)
            {
                result.AddError($"--hidden is '{text}'; expected sizes of at least 1, separated by commas: 60 or 100,30.");
                return [];
            }
        }

        return sizes;
    }
}
