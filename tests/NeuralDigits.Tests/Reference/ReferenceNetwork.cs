namespace NeuralDigits.Tests;

/// <summary>
/// The judge of the product: the book's network in double precision, plain, slow and obviously right.
/// </summary>
/// <remarks>Weights are [layer][output][input], biases [layer][output].</remarks>
internal sealed class ReferenceNetwork(double[][][] weights, double[][] biases)
{
    public double[][][] Weights { get; } = [.. weights.Select(layer => layer.Select(row => row.ToArray()).ToArray())];

    public double[][] Biases { get; } = [.. biases.Select(layer => layer.ToArray())];

    public double[] Feedforward(double[] x) => Activations(x)[^1];

    public double Cost(double[] x, int label) =>
        Feedforward(x).Select((a, j) => 0.5 * Math.Pow((j == label ? 1 : 0) - a, 2)).Sum();

    public int Predict(double[] x)
    {
        double[] output = Feedforward(x);
        return Array.IndexOf(output, output.Max());
    }

    /// <summary>BP1 to BP4 for one example.</summary>
    public (double[][][] Weights, double[][] Biases) Gradient(double[] x, int label)
    {
        double[][] activations = Activations(x);
        int last = Weights.Length - 1;
        var error = new double[Weights.Length][];
        error[last] = [.. activations[last + 1].Select((a, j) => (a - (j == label ? 1 : 0)) * a * (1 - a))];
        for (int l = last - 1; l >= 0; l--)
        {
            error[l] = [.. activations[l + 1].Select((a, k) =>
                Enumerable.Range(0, error[l + 1].Length).Sum(j => Weights[l + 1][j][k] * error[l + 1][j]) * a * (1 - a))];
        }

        double[][][] gradient = [.. error.Select((delta, l) => delta.Select(d => activations[l].Select(a => a * d).ToArray()).ToArray())];
        return (gradient, error);
    }

    /// <summary>One step of mini-batch SGD: w -= η/m Σ ∂C/∂w.</summary>
    public void Update(IReadOnlyList<(double[] X, int Label)> miniBatch, double learningRate)
    {
        (double[][][] Weights, double[][] Biases)[] gradients = [.. miniBatch.Select(example => Gradient(example.X, example.Label))];
        double step = learningRate / miniBatch.Count;
        for (int l = 0; l < Weights.Length; l++)
        {
            for (int j = 0; j < Biases[l].Length; j++)
            {
                Biases[l][j] -= step * gradients.Sum(gradient => gradient.Biases[l][j]);
                for (int k = 0; k < Weights[l][j].Length; k++)
                    Weights[l][j][k] -= step * gradients.Sum(gradient => gradient.Weights[l][j][k]);
            }
        }
    }

    private double[][] Activations(double[] x)
    {
        var activations = new double[Weights.Length + 1][];
        activations[0] = x;
        for (int l = 0; l < Weights.Length; l++)
        {
            double[] input = activations[l];
            activations[l + 1] = [.. Weights[l].Select((row, j) => 1 / (1 + Math.Exp(-(Biases[l][j] + row.Zip(input, (w, a) => w * a).Sum()))))];
        }

        return activations;
    }
}
