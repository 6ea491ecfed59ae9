using System.Text.Json.Serialization;

namespace NeuralDigits;

/// <summary>What a data set was read from, where that was not its four IDX files.</summary>
public enum DataForm
{
    /// <summary>The book's file: <see cref="PickledDataSet"/>.</summary>
    [JsonStringEnumMemberName("pickle")]
    Pickle,

    /// <summary>Pictures in a folder for each class: <see cref="PictureFolder"/>.</summary>
    [JsonStringEnumMemberName("pictures")]
    Pictures,
}
