using Microsoft.ML;
using Microsoft.ML.Data;

namespace NeuralDigits.ML;

/// <summary>
/// Scores rows with a network of sigmoid neurons: the result of fitting <see cref="SigmoidMlpTrainer"/>, or made of a <see cref="Model"/>.
/// </summary>
/// <remarks>
/// <para>
/// Adds the columns <c>PredictedLabel</c>, <c>Score</c> and, if asked for, <c>Activations</c>, see <see cref="SigmoidMlpTrainer"/>. May be
/// used from many threads at once.
/// </para>
/// <para>
/// <c>mlContext.Model.Save</c> writes it, alone or in a chain, and <c>mlContext.Model.Load</c> reads it back wherever this assembly can be
/// found by its name. In a host of plug-ins that has ML.NET to itself, and this assembly in the folder of a plug-in only, load within
/// <c>using (AssemblyLoadContext.GetLoadContext(typeof(SigmoidMlpTransformer).Assembly)!.EnterContextualReflection())</c>.
/// </para>
/// </remarks>
public sealed partial class SigmoidMlpTransformer : ISingleFeaturePredictionTransformer<SigmoidMlpModelParameters>
{
    /// <summary>Makes a transformer of a model that was trained elsewhere.</summary>
    /// <param name="model">
    /// The model. Rows are given to its network as they are: it is the caller's part to scale them as
    /// <see cref="Model.InputScaling"/> says.
    /// </param>
    /// <param name="featureColumnName">The name of the feature column, a vector of <see cref="float"/>.</param>
    /// <param name="addActivationsColumn">Whether to add the column <c>Activations</c> too.</param>
    /// <exception cref="ArgumentException">The column's name is empty.</exception>
    public SigmoidMlpTransformer(Model model, string featureColumnName = "Features", bool addActivationsColumn = false)
        : this(ParametersOf(model), featureColumnName, addActivationsColumn)
    {
    }

    internal SigmoidMlpTransformer(SigmoidMlpModelParameters parameters, string featureColumnName, bool addActivationsColumn)
    {
        ArgumentException.ThrowIfNullOrEmpty(featureColumnName);
        Model = parameters;
        FeatureColumnName = featureColumnName;
        AddsActivationsColumn = addActivationsColumn;
        FeatureColumnType = new VectorDataViewType(NumberDataViewType.Single, parameters.Network.InputCount);
    }

    /// <summary>What was learnt.</summary>
    public SigmoidMlpModelParameters Model { get; }

    /// <summary>The name of the feature column.</summary>
    public string FeatureColumnName { get; }

    /// <summary>The type of the feature column: a vector of as many <see cref="float"/> as the network has inputs.</summary>
    public DataViewType FeatureColumnType { get; }

    /// <summary>Whether the column <c>Activations</c> is added too.</summary>
    public bool AddsActivationsColumn { get; }

    /// <summary>Always true: every row is scored by itself.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>The columns that <see cref="Transform"/> puts out, given those that go in.</summary>
    /// <exception cref="ArgumentException">The feature column is missing or of the wrong type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => new ScoreSchema(inputSchema, this).Output;

    /// <summary>Scores rows one at a time.</summary>
    /// <inheritdoc cref="GetOutputSchema"/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new ScoreMapper(new ScoreSchema(inputSchema, this));

    /// <summary>Adds the scores. No row is read before the result is.</summary>
    /// <inheritdoc cref="GetOutputSchema"/>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ScoredDataView(input, new ScoreSchema(input.Schema, this), this);
    }

    /// <summary>
    /// The same, with word in the model of how its features were made: a trainer sees features alone, and calls that
    /// <see cref="NeuralDigits.Model.NoScaling"/>.
    /// </summary>
    /// <param name="inputScaling">How: see <see cref="NeuralDigits.Model.InputScaling"/>. Rows are given to the network as they are, as before.</param>
    /// <exception cref="ArgumentException">There is no such scaling.</exception>
    public SigmoidMlpTransformer WithInputScaling(string inputScaling) =>
        new(Model.WithInputScaling(inputScaling), FeatureColumnName, AddsActivationsColumn);

    void ICanSaveModel.Save(ModelSaveContext ctx) => MlNetInternals.Save(ctx, writer => SavedTransformer.Write(writer, this));

    private static SigmoidMlpModelParameters ParametersOf(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new SigmoidMlpModelParameters(model, ClassLabels.Named(model.Labels), training: null);
    }
}
