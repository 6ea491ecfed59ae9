namespace NeuralDigits;

/// <summary>A named array of floats as a safetensors file holds it.</summary>
/// <param name="Name">Its name, unique in the file.</param>
/// <param name="Shape">Its extents; row-major.</param>
/// <param name="Values">Its values, as many as the product of the extents.</param>
internal sealed record Tensor(string Name, IReadOnlyList<int> Shape, float[] Values);
