using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using NeuralDigits.ML;

[assembly: IgnoresAccessChecksTo("Microsoft.ML.Core")]
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Data")]
[assembly: LoadableClass(
    typeof(SigmoidMlpTransformer), typeof(MlNetInternals), null, typeof(SignatureLoadModel),
    MlNetInternals.UserName, MlNetInternals.LoadName)]

namespace NeuralDigits.ML;

// Permutation feature importance takes any ITransformer, but only if it has this interface, which is internal.
public sealed partial class SigmoidMlpTransformer : ISingleFeaturePredictionTransformer;

// ML.NET's ONNX converter walks back from view to view by this interface, which is internal. It stops at a view without it, and takes our
// scores for columns that the user brings along; a view with it that cannot be converted is refused.
internal sealed partial class ScoredDataView : IDataTransform
{
    IDataView IDataTransform.Source => input;

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)transformer).Save(ctx);
}

/// <summary>
/// Everything that reaches past the public API of ML.NET is in this file; the tests check each of the names.
/// </summary>
/// <remarks>
/// <para>ML.NET is closed to trainers of others in seven places.</para>
/// <para>
/// Saving: a transformer has to write a header and then its body, but of <see cref="ModelSaveContext"/> only Dispose is public.
/// </para>
/// <para>
/// Loading: the header names an assembly and a name in it. ML.NET looks the name up among the assembly's attributes of type
/// LoadableClassAttribute, which is internal, and calls the static method Create of the type found there. See WidenedReference.targets
/// for how the attribute gets past the compiler.
/// </para>
/// <para>Catalogs: an extension method needs the environment of the catalog that it extends.</para>
/// <para>Trainers: the constructors of what they tell about themselves and their output are internal.</para>
/// <para>Permutation feature importance: of its two forms, the one for any transformer asks for an internal interface.</para>
/// <para>Conversion to ONNX: to be told from the user's own columns, scores need an internal interface.</para>
/// <para>Cancellation: the flag that <c>MLContext.CancelExecution</c> sets is internal. Without it, there is the token in the options.</para>
/// </remarks>
internal static class MlNetInternals
{
    public const string UserName = "Sigmoid MLP";
    public const string LoadName = "SigmoidMlp";

    public const string ModelSignature = "SGMOIDML";

    // The version of the header; the body has its own, see SavedTransformer.
    public const uint HeaderVersion = 0x00010001;

    // The simple name, so that an older version of this assembly can say that it is too old instead of not being found.
    public static readonly string AssemblyName = typeof(MlNetInternals).Assembly.GetName().Name!;

    private static readonly Assembly Core = typeof(ModelSaveContext).Assembly;

    /// <summary>Writes a header that leads ML.NET back to us, then the body.</summary>
    public static void Save(ModelSaveContext context, Action<BinaryWriter> writeBody)
    {
        ArgumentNullException.ThrowIfNull(context);

        object version = Activator.CreateInstance(
            CoreType("Microsoft.ML.VersionInfo"),
            ModelSignature, HeaderVersion, HeaderVersion, HeaderVersion, AssemblyName, LoadName, null)!;
        MethodInfo? setVersion = typeof(ModelSaveContext).GetMethod("SetVersionInfo", BindingFlags.NonPublic | BindingFlags.Instance);
        Require(setVersion, "ModelSaveContext.SetVersionInfo").Invoke(context, [version]);
        writeBody(WriterOf(context));
    }

    /// <summary>The environment that a catalog of trainers works in.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Microsoft.ML.Data.IInternalCatalog.get_Environment")]
    public static extern IHostEnvironment EnvironmentOf(TrainCatalogBase.CatalogInstantiatorBase catalog);

    /// <summary>What a trainer tells about itself.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern TrainerInfo CreateTrainerInfo(
        bool normalization, bool calibration, bool caching, bool supportValid, bool supportIncrementalTrain, bool supportTest);

    /// <summary>A column as it is known before there is data.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern SchemaShape.Column CreateColumn(
        string name, SchemaShape.Column.VectorKind vectorKind, DataViewType itemType, bool isKey, SchemaShape? annotations);

    /// <summary>
    /// Tells whether <c>MLContext.CancelExecution</c> was called; null where the environment has no such flag. It is internal, but other
    /// packages of ML.NET make it public.
    /// </summary>
    public static Func<bool>? CancellationFlagOf(IHost host)
    {
        Type? cancelable = Core.GetType("Microsoft.ML.Runtime.ICancelable");
        MethodInfo? flag = cancelable?.GetProperty("IsCanceled")?.GetMethod;
        return flag is not null && cancelable!.IsInstanceOfType(host) ? flag.CreateDelegate<Func<bool>>(host) : null;
    }

    // ML.NET calls this when it comes upon our header. The context is a ModelLoadContext, whose name is internal.
    private static SigmoidMlpTransformer Create(IHostEnvironment environment, IDisposable context)
    {
        _ = environment;
        return SavedTransformer.Read(ReaderOf(context));
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "Writer")]
    private static extern ref BinaryWriter WriterOf(ModelSaveContext context);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "Reader")]
    private static extern ref BinaryReader ReaderOf(
        [UnsafeAccessorType("Microsoft.ML.ModelLoadContext, Microsoft.ML.Core")] object context);

    private static Type CoreType(string name) => Require(Core.GetType(name), name);

    private static T Require<T>(T? found, string name)
        where T : class =>
        found ?? throw new NotSupportedException(
            $"{Core.GetName().Name} {Core.GetName().Version} has no {name}: " +
            "this version of ML.NET needs another version of NeuralDigits.ML.");
}
