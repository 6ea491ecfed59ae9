using System.Text.Json.Serialization;

namespace NeuralDigits;

/// <summary>The JSON of a model directory, one value a line.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true,
    NewLine = "\n",
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ModelManifest))]
[JsonSerializable(typeof(ModelMetrics))]
[JsonSerializable(typeof(LatestVersion))]
internal sealed partial class IndentedModelJson : JsonSerializerContext;

/// <summary>The JSON of single lines.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NewLine = "\n")]
[JsonSerializable(typeof(HistoryLine))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class ModelJson : JsonSerializerContext;

/// <summary>The content of <c>latest.json</c>: the version published last.</summary>
internal sealed record LatestVersion(string Version);
