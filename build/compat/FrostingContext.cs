namespace Cake.Frosting;

/// <summary>The context that the tasks of a build share.</summary>
public interface IFrostingContext : ICakeContext;

/// <summary>The base of a build's own context: all of Cake's, and what the build adds.</summary>
/// <param name="context">Cake's context.</param>
public class FrostingContext(ICakeContext context) : CakeContextAdapter(context), IFrostingContext;
