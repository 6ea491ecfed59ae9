using System.Globalization;
using Microsoft.ML;

namespace NeuralDigits.ML;

public sealed partial class SigmoidMlpTrainer
{
    /// <summary>The options of <see cref="SigmoidMlpTrainer"/>. A trainer keeps a copy: later changes do not reach it.</summary>
    public sealed class Options
    {
        private static readonly TrainingOptions Default = new();

        /// <summary>The column of the label, a key. Default: "Label".</summary>
        public string LabelColumnName { get; set; } = "Label";

        /// <summary>The column of the features, a vector of <see cref="float"/> of known size. Default: "Features".</summary>
        public string FeatureColumnName { get; set; } = "Features";

        /// <summary>
        /// The column that says how much each training row counts, a <see cref="float"/>: finite and at least 0. The step that a row takes
        /// is multiplied by it, so a row of weight 0 counts as if it were not there; rows of at least two classes must weigh more than 0. Rows to
        /// validate with count the same. Null if all rows count the same. Default: null.
        /// </summary>
        public string? ExampleWeightColumnName { get; set; }

        /// <summary>
        /// The sizes of the hidden layers, first to last; each at least 1. May be empty. With the features and the classes they must make a
        /// network of at most <see cref="NetworkInitializer.MaximumParameterCount"/> parameters. Default: one of 60.
        /// </summary>
        public IReadOnlyList<int> HiddenLayers { get; set; } = Default.HiddenLayers;

        /// <inheritdoc cref="TrainingOptions.Epochs"/>
        public int Epochs { get; set; } = Default.Epochs;

        /// <inheritdoc cref="TrainingOptions.MiniBatchSize"/>
        public int MiniBatchSize { get; set; } = Default.MiniBatchSize;

        /// <inheritdoc cref="TrainingOptions.LearningRate"/>
        public float LearningRate { get; set; } = Default.LearningRate;

        /// <inheritdoc cref="TrainingOptions.Initialization"/>
        public WeightInitialization Initialization { get; set; } = Default.Initialization;

        /// <summary>
        /// How the training images are changed before each epoch; validation images are not. With one, the rows must be images: those of an IDX
        /// file or of <see cref="LabelledImages"/>, or square, with features that are pixels, k / 255. Default: none.
        /// </summary>
        public Augmentation Augmentation { get; set; } = Default.Augmentation;

        /// <summary>
        /// The seed of all randomness, any number; null to draw it from the <see cref="MLContext"/> when the trainer is made. Either way
        /// <see cref="SigmoidMlpModelParameters.Seed"/> tells it. Default: null.
        /// </summary>
        public int? Seed { get; set; }

        /// <inheritdoc cref="TrainingOptions.Threads"/>
        public int Threads { get; set; } = Default.Threads;

        /// <summary>
        /// The share of the training rows to set aside and validate with instead of learning from them, where <c>Fit</c> is given no
        /// validation set: from 0 to less than 1. Of the rows that have a label, this share, rounded to whole rows, is drawn at random; the
        /// seed decides which. Unless it is 0, at least one row is set aside, and at least one is left. Default: 0.
        /// </summary>
        public double ValidationFraction { get; set; }

        /// <summary>Whether the transformer also adds the column <c>Activations</c>. Default: false.</summary>
        public bool AddActivationsColumn { get; set; }

        /// <summary>Is told of each epoch when it is over and evaluated; null for nobody. Default: null.</summary>
        public IProgress<EpochReport>? Progress { get; set; }

        /// <summary>
        /// Stops the training between two rows while they are read, between two mini-batches, and during an evaluation, whose epoch then does
        /// not count. The result is then the network of the best epoch so far, see
        /// <see cref="TrainingResult.BestEpoch"/>; before the first epoch is over and evaluated it is an
        /// <see cref="OperationCanceledException"/> with this token. <c>MLContext.CancelExecution</c> does the same, but that exception has no
        /// token.
        /// Default: none.
        /// </summary>
        public CancellationToken Cancellation { get; set; }

        /// <summary>Whether a cancelled training always ends with an <see cref="OperationCanceledException"/>. Default: false.</summary>
        public bool ThrowOnCancellation { get; set; }

        /// <summary>Refuses options outside their range.</summary>
        /// <exception cref="ArgumentException">An option is outside its range; the message names it, its value and the range.</exception>
        public void Validate()
        {
            RequireName(LabelColumnName, nameof(LabelColumnName));
            RequireName(FeatureColumnName, nameof(FeatureColumnName));
            if (ExampleWeightColumnName is not null)
                RequireName(ExampleWeightColumnName, nameof(ExampleWeightColumnName));
            if (!(ValidationFraction is >= 0 and < 1))
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture, $"ValidationFraction is {ValidationFraction}; expected: from 0 to less than 1."),
                    nameof(ValidationFraction));
            }

            ToTrainingOptions(seed: 0).Validate();
        }

        internal Options Copy()
        {
            var copy = (Options)MemberwiseClone();
            copy.HiddenLayers = HiddenLayers?.ToArray()!;
            return copy;
        }

        internal TrainingOptions ToTrainingOptions(int seed) => new()
        {
            HiddenLayers = HiddenLayers,
            Epochs = Epochs,
            MiniBatchSize = MiniBatchSize,
            LearningRate = LearningRate,
            Initialization = Initialization,
            Augmentation = Augmentation,
            Seed = seed,
            Threads = Threads,
            ThrowOnCancellation = ThrowOnCancellation,
        };

        private static void RequireName(string name, string option)
        {
            if (string.IsNullOrEmpty(name))
                throw new ArgumentException($"{option} is {(name is null ? "null" : "empty")}; expected: the name of a column.", option);
        }
    }
}
