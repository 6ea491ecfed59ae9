namespace Cake.Frosting;

/// <summary>A task of the build, as the host sees it.</summary>
public interface IFrostingTask
{
    /// <summary>Does the work.</summary>
    /// <param name="context">The context of the build.</param>
    void Run(ICakeContext context);

    /// <summary>Whether there is work to do.</summary>
    /// <param name="context">The context of the build.</param>
    bool ShouldRun(ICakeContext context);
}

/// <summary>The base of a task that works on a context of its own type.</summary>
/// <typeparam name="TContext">The type of the context.</typeparam>
public abstract class FrostingTask<TContext> : IFrostingTask
    where TContext : ICakeContext
{
    /// <summary>Does the work; nothing, where the task only groups others.</summary>
    /// <param name="context">The context of the build.</param>
    public virtual void Run(TContext context)
    {
    }

    /// <summary>Whether there is work to do; true, unless a task says otherwise.</summary>
    /// <param name="context">The context of the build.</param>
    public virtual bool ShouldRun(TContext context) => true;

    void IFrostingTask.Run(ICakeContext context) => Run((TContext)context);

    bool IFrostingTask.ShouldRun(ICakeContext context) => ShouldRun((TContext)context);
}
