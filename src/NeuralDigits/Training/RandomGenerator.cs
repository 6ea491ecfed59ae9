using System.Runtime.CompilerServices;

namespace NeuralDigits;

/// <summary>
/// A random generator that gives the same numbers on every platform and .NET version.
/// </summary>
/// <remarks>
/// PCG-XSH-RR 64/32 of M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms
/// for Random Number Generation", 2014. Its whole state is two numbers: the position and the odd increment that
/// makes the stream. Different streams of one seed are independent of one another.
/// </remarks>
public sealed class RandomGenerator
{
    private const ulong Multiplier = 6364136223846793005;
    private readonly ulong _increment;
    private ulong _state;

    /// <summary>Makes a generator at the start of a stream.</summary>
    /// <param name="seed">Any number: where the generator starts.</param>
    /// <param name="stream">Any number below 2^63: which of the sequences it follows.</param>
    public RandomGenerator(ulong seed, ulong stream)
    {
        _increment = (stream << 1) | 1;
        NextUInt32();
        _state += seed;
        NextUInt32();
    }

    /// <summary>
    /// Makes 2^64 different seeds of as many numbers: generators whose seeds differ in one bit only would start alike. The mixing of G. Steele,
    /// D. Lea and C. Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
    /// </summary>
    internal static ulong Mix(ulong number)
    {
        ulong mixed = unchecked((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB);
        return mixed ^ (mixed >> 31);
    }

    /// <summary>32 random bits.</summary>
    [MethodImpl(HotPath.Code)]
    public uint NextUInt32()
    {
        ulong state = _state;
        _state = unchecked((state * Multiplier) + _increment);
        uint xorShifted = (uint)(((state >> 18) ^ state) >> 27);
        return uint.RotateRight(xorShifted, (int)(state >> 59));
    }

    /// <summary>A whole number from 0 to <paramref name="bound"/> - 1, each equally likely.</summary>
    /// <param name="bound">How many numbers there are to choose from, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is below 1.</exception>
    [MethodImpl(HotPath.Code)]
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);

        // 2^32 is not a multiple of most bounds: the first 2^32 mod bound numbers are passed over to keep all equal. They are below the bound, as
        // few numbers are: for the others there is no need to find the remainder.
        uint range = (uint)bound;
        uint number;
        do
            number = NextUInt32();
        while (number < range && number < (1UL << 32) % range);
        return (int)(number % range);
    }

    /// <summary>A number from 0 (included) to 1 (excluded), a multiple of 2^-53.</summary>
    [MethodImpl(HotPath.Code)]
    public double NextDouble()
    {
        ulong high = NextUInt32();
        ulong bits = (high << 32) | NextUInt32();
        return (bits >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>A number of the normal distribution with mean 0 and standard deviation 1.</summary>
    /// <remarks>The polar method of G. Marsaglia; the second number of each pair is not used, so as to keep no state.</remarks>
    [MethodImpl(HotPath.Code)]
    public double NextNormal()
    {
        double u, v, square;
        do
        {
            u = (2 * NextDouble()) - 1;
            v = (2 * NextDouble()) - 1;
            square = (u * u) + (v * v);
        }
        while (square is >= 1 or 0);
        return u * Math.Sqrt(-2 * PortableMath.Log(square) / square);
    }

    /// <summary>Puts the values into random order, every order equally likely (Fisher and Yates).</summary>
    /// <param name="values">The values.</param>
    [MethodImpl(HotPath.Code)]
    public void Shuffle(Span<int> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = NextInt32(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
