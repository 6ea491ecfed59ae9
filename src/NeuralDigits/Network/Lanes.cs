using System.Runtime.Intrinsics;

namespace NeuralDigits;

/// <summary>A vector of floats of one width, with the few operations that the kernels are made of. Each rounds once.</summary>
internal interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>The number of floats in a vector.</summary>
    static abstract int Count { get; }

    static abstract TVector Load(ref float source);

    static abstract void Store(TVector vector, ref float target);

    static abstract TVector Broadcast(float value);

    /// <summary>x y + z, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector z);
}

/// <summary>16 floats: AVX-512.</summary>
internal readonly struct Lanes512 : ILanes<Vector512<float>>
{
    public static int Count => Vector512<float>.Count;

    public static Vector512<float> Load(ref float source) => Vector512.LoadUnsafe(ref source);

    public static void Store(Vector512<float> vector, ref float target) => vector.StoreUnsafe(ref target);

    public static Vector512<float> Broadcast(float value) => Vector512.Create(value);

    public static Vector512<float> MultiplyAdd(Vector512<float> x, Vector512<float> y, Vector512<float> z) => Vector512.FusedMultiplyAdd(x, y, z);
}

/// <summary>8 floats: AVX2.</summary>
internal readonly struct Lanes256 : ILanes<Vector256<float>>
{
    public static int Count => Vector256<float>.Count;

    public static Vector256<float> Load(ref float source) => Vector256.LoadUnsafe(ref source);

    public static void Store(Vector256<float> vector, ref float target) => vector.StoreUnsafe(ref target);

    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

    public static Vector256<float> MultiplyAdd(Vector256<float> x, Vector256<float> y, Vector256<float> z) => Vector256.FusedMultiplyAdd(x, y, z);
}

/// <summary>4 floats: ARM64's NEON.</summary>
internal readonly struct Lanes128 : ILanes<Vector128<float>>
{
    public static int Count => Vector128<float>.Count;

    public static Vector128<float> Load(ref float source) => Vector128.LoadUnsafe(ref source);

    public static void Store(Vector128<float> vector, ref float target) => vector.StoreUnsafe(ref target);

    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

    public static Vector128<float> MultiplyAdd(Vector128<float> x, Vector128<float> y, Vector128<float> z) => Vector128.FusedMultiplyAdd(x, y, z);
}

/// <summary>One float: processors without a fused multiply-add of vectors.</summary>
internal readonly struct Lanes32 : ILanes<float>
{
    public static int Count => 1;

    public static float Load(ref float source) => source;

    public static void Store(float vector, ref float target) => target = vector;

    public static float Broadcast(float value) => value;

    public static float MultiplyAdd(float x, float y, float z) => MathF.FusedMultiplyAdd(x, y, z);
}
