namespace NeuralDigits;

/// <summary>What random numbers are drawn for. Each purpose has a stream of its own, so that none disturbs another.</summary>
public enum RandomPurpose
{
    /// <summary>The network's first weights and biases.</summary>
    Initialization = 1,

    /// <summary>The order of the training examples in each epoch.</summary>
    Shuffling = 2,

    /// <summary>Which examples are set aside to validate with.</summary>
    Splitting = 3,

    /// <summary>How a synthetic digit is drawn. Each image has a seed of its own.</summary>
    Drawing = 4,

    /// <summary>How a training image is changed in an epoch. Each image has a seed of its own in each epoch.</summary>
    Augmentation = 5,
}
