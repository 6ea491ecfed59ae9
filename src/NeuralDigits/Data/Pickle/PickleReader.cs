namespace NeuralDigits;

/// <summary>Reads a pickle of NumPy arrays in tuples, as Python 2 and Python 3 write them in the protocols 2 to 5, and no other.</summary>
/// <remarks>
/// <para>
/// A pickle is a program for a machine with a stack and a memory, and Python's own reader lets it call anything. This one knows the
/// operations of such files alone, and the few names of <see cref="NumpyCalls"/>; whatever else is in a file is refused by its name.
/// </para>
/// <para>The operations are described in Python's module <see href="https://docs.python.org/3/library/pickletools.html">pickletools</see>.</para>
/// </remarks>
internal sealed class PickleReader
{
    /// <summary>The oldest protocol that is read.</summary>
    public const int LeastProtocol = 2;

    /// <summary>The newest protocol that is read.</summary>
    public const int MostProtocol = 5;

    // Six arrays take about 200.
    private const int MostOperations = 10_000;

    private readonly PickleInput _input;
    private readonly NumpyCalls _calls;
    private readonly List<PickleValue> _stack = [];
    private readonly Stack<int> _marks = new();
    private readonly Dictionary<ulong, PickleValue> _memory = [];
    private long _offset;

    private PickleReader(PickleInput input)
    {
        _input = input;
        _calls = new NumpyCalls(input);
    }

    /// <summary>Reads a file to its end.</summary>
    /// <param name="source">The file, of which nothing has been read.</param>
    /// <returns>What is pickled: a tuple or an array.</returns>
    /// <exception cref="InvalidDataException">The file is malformed, or holds anything else.</exception>
    public static PickleValue Read(ByteSource source)
    {
        var input = new PickleInput(source);
        PickleValue value = new PickleReader(input).Run();
        input.RequireEnd();
        return value;
    }

    private PickleValue Run()
    {
        if (_input.ReadByte() != (byte)PickleOperation.Proto)
            throw _input.Refuse(0, $"a pickle of the protocols {LeastProtocol} to {MostProtocol}", "something else", "Save it with protocol=2.");
        if (_input.ReadByte() is var protocol and not (>= LeastProtocol and <= MostProtocol))
            throw _input.Refuse(1, $"a pickle of the protocols {LeastProtocol} to {MostProtocol}", $"protocol {protocol}", "Save it with protocol=2.");
        for (int count = 1; ; count++)
        {
            _offset = _input.Position;
            if (count > MostOperations)
                throw _input.Refuse(_offset, $"at most {MostOperations} operations", "more");
            byte code = _input.ReadByte();
            if (code == (byte)PickleOperation.Stop)
                return _stack.Count == 1 && _marks.Count == 0 ? _stack[0] : throw Refuse("one value at the end", $"{_stack.Count} values, {_marks.Count} marks");
            if (Value(code) is { } value)
                _stack.Add(value);
            else if (!TryChange(code))
                throw Refuse("an operation that pickles of arrays have", PickleOperationNames.NameOf(code), "Nothing of it was executed.");
        }
    }

    // Operations that put a value on the stack.
    private PickleValue? Value(byte code) => (PickleOperation)code switch
    {
        PickleOperation.None => new PickleNone(),
        PickleOperation.NewTrue => new PickleNumber(1),
        PickleOperation.NewFalse => new PickleNumber(0),
        PickleOperation.BinInt => new PickleNumber((int)_input.ReadNumber(4)),
        PickleOperation.BinInt1 => new PickleNumber((long)_input.ReadNumber(1)),
        PickleOperation.BinInt2 => new PickleNumber((long)_input.ReadNumber(2)),
        PickleOperation.Long1 => Long(),
        PickleOperation.BinUnicode => new PickleString(_input.ReadBytes(_input.ReadNumber(4)), isText: true),
        PickleOperation.ShortBinUnicode => new PickleString(_input.ReadBytes(_input.ReadNumber(1)), isText: true),
        PickleOperation.BinString or PickleOperation.BinBytes => new PickleString(_input.ReadBytes(_input.ReadNumber(4)), isText: false),
        PickleOperation.ShortBinString or PickleOperation.ShortBinBytes => new PickleString(_input.ReadBytes(_input.ReadNumber(1)), isText: false),
        PickleOperation.BinBytes8 or PickleOperation.ByteArray8 => new PickleString(_input.ReadBytes(_input.ReadNumber(8)), isText: false),
        PickleOperation.EmptyTuple => new PickleTuple([]),
        PickleOperation.Tuple1 => new PickleTuple(Pop(1)),
        PickleOperation.Tuple2 => new PickleTuple(Pop(2)),
        PickleOperation.Tuple3 => new PickleTuple(Pop(3)),
        PickleOperation.Tuple => new PickleTuple(PopToMark()),
        PickleOperation.Global => _calls.Name(_offset, _input.ReadName(), _input.ReadName()),
        PickleOperation.StackGlobal => StackGlobal(Pop(2)),
        PickleOperation.Reduce => Call(Pop(2)),
        PickleOperation.BinGet => Recall(_input.ReadNumber(1)),
        PickleOperation.LongBinGet => Recall(_input.ReadNumber(4)),
        _ => null,
    };

    // Operations that leave the stack as it is, or change what lies on it.
    private bool TryChange(byte code)
    {
        switch ((PickleOperation)code)
        {
            case PickleOperation.Mark:
                _marks.Push(_stack.Count);
                return true;
            case PickleOperation.Build:
                PickleValue[] values = Pop(2);
                _calls.Build(_offset, values[0], values[1]);
                _stack.Add(values[0]);
                return true;
            case PickleOperation.BinPut:
                _memory[_input.ReadNumber(1)] = Top();
                return true;
            case PickleOperation.LongBinPut:
                _memory[_input.ReadNumber(4)] = Top();
                return true;
            case PickleOperation.Memoize:
                _memory[(ulong)_memory.Count] = Top();
                return true;
            case PickleOperation.Frame:
                // Where a reader may fetch so many bytes at once; this one fetches on its own.
                ulong length = _input.ReadNumber(8);
                return length <= (ulong)(_input.Length - _input.Position) ? true : throw Refuse("a frame within the file", $"one of {length} bytes");
            default:
                return false;
        }
    }

    private PickleNumber Long()
    {
        int length = _input.ReadByte();
        if (length > sizeof(long))
            throw Refuse($"a whole number of at most {sizeof(long)} bytes", $"one of {length}");
        long number = (long)_input.ReadNumber(length);
        int unused = 8 * (sizeof(long) - length);
        return new PickleNumber(length == 0 ? 0 : number << unused >> unused);
    }

    private PickleGlobal StackGlobal(PickleValue[] names) => names is [PickleString module, PickleString name]
        ? _calls.Name(_offset, module.Text, name.Text)
        : throw Refuse("the names of a module and of something in it", $"{names[0].Words} and {names[1].Words}");

    private PickleValue Call(PickleValue[] call) => _calls.Call(_offset, call[0], call[1]);

    private PickleValue Recall(ulong index) => _memory.TryGetValue(index, out PickleValue? value) ? value : throw Refuse("a value that was remembered", $"number {index}");

    // Values below a mark belong to the tuple that it begins.
    private int Floor => _marks.TryPeek(out int mark) ? mark : 0;

    private PickleValue Top() => _stack.Count > Floor ? _stack[^1] : throw Refuse("a value on the stack", "none");

    private PickleValue[] Pop(int count)
    {
        if (_stack.Count - Floor < count)
            throw Refuse($"{count} values on the stack", $"{_stack.Count - Floor}");
        PickleValue[] values = [.. _stack[^count..]];
        _stack.RemoveRange(_stack.Count - count, count);
        return values;
    }

    private PickleValue[] PopToMark()
    {
        if (_marks.Count == 0)
            throw Refuse("a mark on the stack", "none");
        int mark = _marks.Pop();
        PickleValue[] values = [.. _stack[mark..]];
        _stack.RemoveRange(mark, values.Length);
        return values;
    }

    private InvalidDataException Refuse(string expected, string found, string advice = "") => _input.Refuse(_offset, expected, found, advice);
}
