using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralDigits;

/// <summary>For each choice of 8 inputs, the places of the chosen: what moves them to the front of a vector.</summary>
internal static class ChosenPlaces
{
    /// <summary>The number of inputs to choose from.</summary>
    public const int Group = 8;

    private static readonly ulong[] Table = [.. Enumerable.Range(0, 1 << Group).Select(Pack)];

    /// <summary>Where the places for the first choice are: a loop asks once.</summary>
    public static ref ulong First => ref MemoryMarshal.GetArrayDataReference(Table);

    /// <summary>The places, one in each of the lower 8 bytes; 0 behind the last.</summary>
    /// <param name="choice">A bit for each input, the lowest for the first; the others are zero.</param>
    /// <param name="first">Where the places for the first choice are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Of(uint choice, ref ulong first) => Vector128.CreateScalarUnsafe(Unsafe.Add(ref first, choice)).AsByte();

    private static ulong Pack(int choice) => Enumerable.Range(0, Group)
        .Where(place => (choice >> place & 1) != 0)
        .Select((place, i) => (ulong)place << (Group * i))
        .Aggregate(0UL, (all, place) => all | place);
}
