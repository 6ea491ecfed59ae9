namespace NeuralDigits;

/// <summary>The operations of a pickle that are read, by their codes; the names are those of Python's <c>pickletools</c>.</summary>
internal enum PickleOperation : byte
{
    Mark = (byte)'(',
    EmptyTuple = (byte)')',
    Stop = (byte)'.',
    BinBytes = (byte)'B',
    ShortBinBytes = (byte)'C',
    BinInt = (byte)'J',
    BinInt1 = (byte)'K',
    BinInt2 = (byte)'M',
    None = (byte)'N',
    Reduce = (byte)'R',
    BinString = (byte)'T',
    ShortBinString = (byte)'U',
    BinUnicode = (byte)'X',
    Build = (byte)'b',
    Global = (byte)'c',
    BinGet = (byte)'h',
    LongBinGet = (byte)'j',
    BinPut = (byte)'q',
    LongBinPut = (byte)'r',
    Tuple = (byte)'t',
    Proto = 0x80,
    Tuple1 = 0x85,
    Tuple2 = 0x86,
    Tuple3 = 0x87,
    NewTrue = 0x88,
    NewFalse = 0x89,
    Long1 = 0x8A,
    ShortBinUnicode = 0x8C,
    BinBytes8 = 0x8E,
    StackGlobal = 0x93,
    Memoize = 0x94,
    Frame = 0x95,
    ByteArray8 = 0x96,
}

/// <summary>The names of the operations that are refused.</summary>
internal static class PickleOperationNames
{
    private static readonly Dictionary<byte, string> Names = new()
    {
        [(byte)'0'] = "POP",
        [(byte)'1'] = "POP_MARK",
        [(byte)'2'] = "DUP",
        [(byte)'F'] = "FLOAT",
        [(byte)'G'] = "BINFLOAT",
        [(byte)'I'] = "INT",
        [(byte)'L'] = "LONG",
        [(byte)'P'] = "PERSID",
        [(byte)'Q'] = "BINPERSID",
        [(byte)'S'] = "STRING",
        [(byte)'V'] = "UNICODE",
        [(byte)']'] = "EMPTY_LIST",
        [(byte)'a'] = "APPEND",
        [(byte)'d'] = "DICT",
        [(byte)'e'] = "APPENDS",
        [(byte)'g'] = "GET",
        [(byte)'i'] = "INST",
        [(byte)'l'] = "LIST",
        [(byte)'o'] = "OBJ",
        [(byte)'p'] = "PUT",
        [(byte)'s'] = "SETITEM",
        [(byte)'u'] = "SETITEMS",
        [(byte)'}'] = "EMPTY_DICT",
        [0x81] = "NEWOBJ",
        [0x82] = "EXT1",
        [0x83] = "EXT2",
        [0x84] = "EXT4",
        [0x8B] = "LONG4",
        [0x8D] = "BINUNICODE8",
        [0x8F] = "EMPTY_SET",
        [0x90] = "ADDITEMS",
        [0x91] = "FROZENSET",
        [0x92] = "NEWOBJ_EX",
        [0x97] = "NEXT_BUFFER",
        [0x98] = "READONLY_BUFFER",
    };

    public static string NameOf(byte code) => Names.TryGetValue(code, out string? name) ? $"{name} (0x{code:X2})" : $"0x{code:X2}, which is none";
}
