using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace NeuralDigits.ML.Tests;

/// <summary>
/// The names of ML.NET that are not public and that MlNetInternals.cs relies on. A test that fails here means that a new
/// version of ML.NET has changed: find out what took the name's place, and change MlNetInternals.cs.
/// </summary>
public sealed class MlNetInternalsTests
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Assembly Core = typeof(ModelSaveContext).Assembly;

    [Fact]
    public void LoadableClassAttribute_takes_a_type_its_loader_and_its_names()
    {
        Type signature = TypeOf("Microsoft.ML.SignatureLoadModel", "the loader is looked up by it");
        Type attribute = TypeOf("Microsoft.ML.LoadableClassAttribute", "it tells ML.NET about the loader");

        Require(
            attribute.GetConstructor([typeof(Type), typeof(Type), typeof(Type), typeof(Type), typeof(string), typeof(string[])]),
            "LoadableClassAttribute(Type, Type, Type, Type, string, params string[])", "it tells ML.NET about the loader");
        Assert.Equal(TypeOf("Microsoft.ML.LoadableClassAttributeBase", "ML.NET looks for attributes of this type"), attribute.BaseType);
        Assert.Equal(
            [TypeOf("Microsoft.ML.ModelLoadContext", "our method Create takes it")],
            signature.GetMethod("Invoke")!.GetParameters().Select(parameter => parameter.ParameterType));
    }

    [Fact]
    public void The_attribute_is_on_our_assembly_and_the_runtime_honours_it()
    {
        Type attribute = TypeOf("Microsoft.ML.LoadableClassAttribute", "it tells ML.NET about the loader");

        Attribute? ours = typeof(SigmoidMlpTrainer).Assembly.GetCustomAttributes(attribute).SingleOrDefault();

        Require(ours, "LoadableClassAttribute on NeuralDigits.ML", "ML.NET finds the loader by it");
        Assert.Equal(typeof(SigmoidMlpTransformer), attribute.GetProperty("InstanceType")!.GetValue(ours));
    }

    [Fact]
    public void VersionInfo_takes_signature_versions_assembly_and_loader() => Require(
        TypeOf("Microsoft.ML.VersionInfo", "the header of a saved transformer is made of it").GetConstructor(
            [typeof(string), typeof(uint), typeof(uint), typeof(uint), typeof(string), typeof(string), typeof(string)]),
        "VersionInfo(string, uint, uint, uint, string, string, string)", "the header of a saved transformer is made of it");

    [Fact]
    public void ModelSaveContext_takes_the_version() => Require(
        typeof(ModelSaveContext).GetMethod("SetVersionInfo", Instance, [TypeOf("Microsoft.ML.VersionInfo", "the header is made of it")]),
        "ModelSaveContext.SetVersionInfo(VersionInfo)", "it writes the header");

    [Fact]
    public void ModelSaveContext_has_a_writer() =>
        RequireField(typeof(ModelSaveContext), "Writer", typeof(BinaryWriter), "the body of a saved transformer is written to it");

    [Fact]
    public void ModelLoadContext_is_disposable_and_has_a_reader()
    {
        Type context = TypeOf("Microsoft.ML.ModelLoadContext", "the body of a saved transformer is read from it");

        RequireField(context, "Reader", typeof(BinaryReader), "the body of a saved transformer is read from it");
        Assert.True(typeof(IDisposable).IsAssignableFrom(context), "Our method Create takes the context as an IDisposable.");
    }

    [Fact]
    public void The_catalog_of_trainers_tells_its_environment()
    {
        Type catalog = Require(
            typeof(TrainCatalogBase).Assembly.GetType("Microsoft.ML.Data.IInternalCatalog"),
            "IInternalCatalog", "catalogs tell their environment by it");

        Require(catalog.GetProperty("Environment"), "IInternalCatalog.Environment", "a trainer works in it");
        Require(
            typeof(TrainCatalogBase.CatalogInstantiatorBase).GetMethod("Microsoft.ML.Data.IInternalCatalog.get_Environment", Instance),
            "CatalogInstantiatorBase, IInternalCatalog.get_Environment", "a trainer works in it");
    }

    [Fact]
    public void TrainerInfo_takes_six_booleans_in_this_order()
    {
        ConstructorInfo constructor = Require(
            typeof(TrainerInfo).GetConstructor(Instance, [.. Enumerable.Repeat(typeof(bool), 6)]),
            "TrainerInfo(bool, bool, bool, bool, bool, bool)", "a trainer tells by it what it needs");

        Assert.Equal(
            ["normalization", "calibration", "caching", "supportValid", "supportIncrementalTrain", "supportTest"],
            constructor.GetParameters().Select(parameter => parameter.Name));
    }

    [Fact]
    public void SchemaShape_columns_can_be_made() => Require(
        typeof(SchemaShape.Column).GetConstructor(
            Instance, [typeof(string), typeof(SchemaShape.Column.VectorKind), typeof(DataViewType), typeof(bool), typeof(SchemaShape)]),
        "SchemaShape.Column(string, VectorKind, DataViewType, bool, SchemaShape)", "a trainer tells its output columns by it");

    [Fact]
    public void Permutation_feature_importance_asks_for_an_interface_that_the_transformer_has()
    {
        Type transformer = Require(
            typeof(TrainCatalogBase).Assembly.GetType("Microsoft.ML.ISingleFeaturePredictionTransformer"),
            "ISingleFeaturePredictionTransformer", "permutation feature importance takes a transformer by it");

        Assert.Equal(
            ["FeatureColumnName"], transformer.GetProperties().Select(property => property.Name));
        Assert.True(transformer.IsAssignableFrom(typeof(SigmoidMlpTransformer)));
    }

    [Fact]
    public void The_ONNX_converter_walks_back_by_an_interface_that_scored_rows_have()
    {
        Type transform = Require(
            typeof(TrainCatalogBase).Assembly.GetType("Microsoft.ML.Data.IDataTransform"),
            "IDataTransform", "the ONNX converter finds the steps of a pipeline by it");

        Assert.Equal(["Source"], transform.GetProperties().Select(property => property.Name));
        Assert.Equal([typeof(IDataView), typeof(ICanSaveModel)], transform.GetInterfaces());
    }

    [Fact]
    public void Hosts_tell_whether_they_are_cancelled()
    {
        IHost host = ((IHostEnvironment)new MLContext(1)).Register("test");
        Type cancelable = TypeOf("Microsoft.ML.Runtime.ICancelable", "MLContext.CancelExecution is honoured by it");

        Require(cancelable.GetProperty("IsCanceled"), "ICancelable.IsCanceled", "MLContext.CancelExecution is honoured by it");
        Func<bool>? flag = Require(MlNetInternals.CancellationFlagOf(host), "ICancelable on hosts", "MLContext.CancelExecution is honoured by it");
        Assert.False(flag());
        cancelable.GetMethod("CancelExecution")!.Invoke(host, null);
        Assert.True(flag());
    }

    private static Type TypeOf(string name, string use) => Require(Core.GetType(name), name, use);

    private static void RequireField(Type type, string name, Type fieldType, string use)
    {
        FieldInfo field = Require(type.GetField(name, Instance), $"field {type.Name}.{name}", use);
        Assert.Equal(fieldType, field.FieldType);
    }

    private static T Require<T>(T? found, string name, string use)
        where T : class
    {
        string? version = Core.GetCustomAttribute<AssemblyFileVersionAttribute>()?.Version;
        Assert.True(found is not null, $"ML.NET (file version {version}) has no {name} any more; {use}. See MlNetInternals.cs.");
        return found!;
    }
}
