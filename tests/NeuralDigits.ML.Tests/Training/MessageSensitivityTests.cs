using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace NeuralDigits.ML.Tests;

public sealed class MessageSensitivityTests
{
    private const MessageSensitivity Both = MessageSensitivity.UserData | MessageSensitivity.Schema;

    private readonly MLContext _mlContext = new(1);
    private readonly IChannel _channel;
    private readonly RecordedChannel _record;

    public MessageSensitivityTests() => (_channel, _record) = RecordedChannel.Create();

    [Fact]
    public void A_message_with_a_feature_and_the_name_of_its_column_is_user_data_and_schema()
    {
        List<Animal> rows = Animals.Rows();
        rows[7].Features[2] = 255;

        Read(Animals.WithLabel(_mlContext, _mlContext.Data.LoadFromEnumerable(rows)));

        Assert.Equal(Both, Assert.Single(_record.Messages).Sensitivity);
    }

    [Fact]
    public void A_message_with_names_of_classes_is_user_data_and_schema()
    {
        var keys = _mlContext.Transforms.Conversion.MapValueToKey("Label", "Kind").Fit(_mlContext.Data.LoadFromEnumerable(Animals.Rows()));

        Read(keys.Transform(_mlContext.Data.LoadFromEnumerable(Animals.Rows().Where(row => row.Kind != "dog"))));

        (MessageSensitivity sensitivity, string message) = Assert.Single(_record.Messages);
        Assert.Contains("dog", message, StringComparison.Ordinal);
        Assert.Equal(Both, sensitivity);
    }

    [Fact]
    public void A_message_with_numbers_of_rows_is_neither()
    {
        var keys = _mlContext.Transforms.Conversion.MapValueToKey("Label", "Kind").Fit(_mlContext.Data.LoadFromEnumerable(Animals.Rows()));
        IEnumerable<Animal> rows = [.. Animals.Rows(), new Animal { Features = [0, 0, 0, 0], Kind = "unicorn" }];

        Read(keys.Transform(_mlContext.Data.LoadFromEnumerable(rows)));

        Assert.Equal(MessageSensitivity.None, Assert.Single(_record.Messages).Sensitivity);
    }

    private void Read(IDataView data)
    {
        var columns = TrainingColumns.Find(data.Schema, "Label", "Features", weightName: null);
        TrainingSets.Read(data, columns, fraction: 0, seed: 1, _channel, CancellationToken.None);
    }
}
