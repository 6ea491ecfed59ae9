using Microsoft.ML.Runtime;
using NeuralDigits.ML;

#pragma warning disable IDE0130 // Here `using Microsoft.ML;` finds the extension methods, as it does ML.NET's own.
namespace Microsoft.ML;
#pragma warning restore IDE0130

/// <summary>Helps ML.NET to load saved networks.</summary>
public static class SigmoidMlpLoading
{
    /// <summary>Tells ML.NET how to load <see cref="SigmoidMlpTransformer"/>. Needed only where loading fails without it.</summary>
    /// <remarks>
    /// ML.NET loads the transformer by itself wherever it can find this assembly by its name. That rests on a feature of the runtime which
    /// is not documented. If <c>mlContext.Model.Load</c> says that it could not load a model "SigmoidMlp", call
    /// <c>mlContext.ComponentCatalog.RegisterSigmoidMlp()</c> before. It does no harm to call it anyway, or more than once.
    /// </remarks>
    /// <param name="catalog">The catalog, <c>mlContext.ComponentCatalog</c>.</param>
    public static void RegisterSigmoidMlp(this ComponentCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        MlNetInternals.RegisterLoader(catalog);
    }
}
