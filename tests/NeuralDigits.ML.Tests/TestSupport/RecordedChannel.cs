using System.Reflection;
using Microsoft.ML.Runtime;

namespace NeuralDigits.ML.Tests;

/// <summary>
/// A channel that keeps what is said in it, and how far ML.NET is told that it may be passed on: the log of a context does not tell that.
/// </summary>
public class RecordedChannel : DispatchProxy
{
    private readonly List<(MessageSensitivity Sensitivity, string Message)> _messages = [];

    public IReadOnlyList<(MessageSensitivity Sensitivity, string Message)> Messages => _messages;

    public static (IChannel Channel, RecordedChannel Record) Create()
    {
        IChannel channel = Create<IChannel, RecordedChannel>();
        return (channel, (RecordedChannel)(object)channel);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (args is [MessageSensitivity sensitivity, string message])
            _messages.Add((sensitivity, message));
        return null;
    }
}
