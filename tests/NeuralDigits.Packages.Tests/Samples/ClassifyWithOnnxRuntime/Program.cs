// Classifies images with ONNX Runtime alone, and prints a label for each: dotnet run -- model.onnx t10k-images-idx3-ubyte
using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

using var session = new InferenceSession(args[0]);
string[] labels = JsonSerializer.Deserialize<string[]>(session.ModelMetadata.CustomMetadataMap["labels"])!;

// IDX: four big-endian integers (magic number, images, rows, columns), then a byte for each pixel.
byte[] file = File.ReadAllBytes(args[1]);
int[] header = [.. Enumerable.Range(0, 4).Select(i => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(4 * i)))];
float[] features = [.. file.Skip(16).Select(pixel => pixel / 255f)];

using var input = OrtValue.CreateTensorValueFromMemory(features, [header[1], header[2] * header[3]]);
using var options = new RunOptions();
using var outputs = session.Run(options, ["features"], [input], ["label"]);
foreach (long label in outputs[0].GetTensorDataAsSpan<long>())
    Console.WriteLine(labels[label]);
