using System.Buffers.Binary;

namespace NeuralDigits;

/// <summary>The messages of the ONNX format that a network needs, with the field numbers of onnx.proto.</summary>
/// <remarks>The format is published at https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.</remarks>
internal static class OnnxMessages
{
    /// <summary>TensorProto.DataType.FLOAT.</summary>
    public const int Float = 1;

    /// <summary>TensorProto.DataType.INT64.</summary>
    public const int Int64 = 7;

    private const int IntegerAttribute = 2;

    /// <summary>ModelProto.</summary>
    public static ProtobufWriter Model(
        int irVersion, int opset, string producer, string description, ProtobufWriter graph, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        ProtobufWriter model = new ProtobufWriter()
            .Integer(1, irVersion)
            .Text(2, producer)
            .Text(6, description)
            .Message(7, graph)
            .Message(8, new ProtobufWriter().Text(1, "").Integer(2, opset));
        foreach ((string key, string value) in metadata)
            model.Message(14, new ProtobufWriter().Text(1, key).Text(2, value));
        return model;
    }

    /// <summary>GraphProto. Nodes come in an order in which they can be computed.</summary>
    public static ProtobufWriter Graph(
        string name,
        IReadOnlyList<ProtobufWriter> nodes,
        IReadOnlyList<ProtobufWriter> initializers,
        IReadOnlyList<ProtobufWriter> inputs,
        IReadOnlyList<ProtobufWriter> outputs)
    {
        var graph = new ProtobufWriter();
        foreach (ProtobufWriter node in nodes)
            graph.Message(1, node);
        graph.Text(2, name);
        foreach (ProtobufWriter initializer in initializers)
            graph.Message(5, initializer);
        foreach (ProtobufWriter input in inputs)
            graph.Message(11, input);
        foreach (ProtobufWriter output in outputs)
            graph.Message(12, output);
        return graph;
    }

    /// <summary>NodeProto with one output.</summary>
    public static ProtobufWriter Node(string operation, string[] inputs, string output, params (string Name, int Value)[] attributes) =>
        Node(operation, inputs, [output], attributes);

    /// <summary>NodeProto, named after its first output.</summary>
    public static ProtobufWriter Node(string operation, string[] inputs, string[] outputs, params (string Name, int Value)[] attributes)
    {
        var node = new ProtobufWriter();
        foreach (string input in inputs)
            node.Text(1, input);
        foreach (string output in outputs)
            node.Text(2, output);
        node.Text(3, outputs[0]).Text(4, operation);
        foreach ((string name, int value) in attributes)
            node.Message(5, new ProtobufWriter().Text(1, name).Integer(3, value).Integer(20, IntegerAttribute));
        return node;
    }

    /// <summary>TensorProto of floats.</summary>
    public static ProtobufWriter Initializer(Tensor tensor)
    {
        var values = new byte[tensor.ByteCount];
        tensor.WriteValuesTo(values);
        return Initializer(tensor.Name, tensor.Shape, Float, values);
    }

    /// <summary>TensorProto of whole numbers, [values].</summary>
    public static ProtobufWriter Integers(string name, params IReadOnlyList<int> values)
    {
        var content = new byte[values.Count * sizeof(long)];
        for (int i = 0; i < values.Count; i++)
            BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(i * sizeof(long)), values[i]);
        return Initializer(name, [values.Count], Int64, content);
    }

    /// <summary>TensorProto; the values are little-endian.</summary>
    public static ProtobufWriter Initializer(string name, IReadOnlyList<int> shape, int elementType, ReadOnlySpan<byte> values)
    {
        var initializer = new ProtobufWriter();
        foreach (int extent in shape)
            initializer.Integer(1, extent);
        return initializer.Integer(2, elementType).Text(8, name).Bytes(9, values);
    }

    /// <summary>ValueInfoProto: rows, as many as there are, of some values each, or of one value without an axis of its own.</summary>
    public static ProtobufWriter Rows(string name, int elementType, int? rowLength, string description)
    {
        ProtobufWriter shape = new ProtobufWriter().Message(1, new ProtobufWriter().Text(2, "N"));
        if (rowLength is { } length)
            shape.Message(1, new ProtobufWriter().Integer(1, length));
        ProtobufWriter type = new ProtobufWriter().Message(1, new ProtobufWriter().Integer(1, elementType).Message(2, shape));
        return new ProtobufWriter().Text(1, name).Message(2, type).Text(3, description);
    }
}
