using System.Reflection;

using Cake.Cli;
using Cake.Cli.Infrastructure;
using Cake.Core.Diagnostics;
using Cake.Core.Scripting;

using Microsoft.Extensions.DependencyInjection;

using Spectre.Console.Cli;

namespace Cake.Frosting;

/// <summary>Hands the tasks to Cake's engine and runs the targets that the command line asks for.</summary>
/// <param name="services">The services of the host.</param>
internal sealed class HostCommand(IServiceCollection services) : Command<HostSettings>
{
    /// <inheritdoc />
    public override int Execute(CommandContext context, HostSettings settings, CancellationToken cancellationToken)
    {
        services.AddSingleton<ICakeArguments>(context.Remaining.ToCakeArguments(settings.Targets));
        using ServiceProvider provider = services.BuildServiceProvider();
        var log = provider.GetRequiredService<ICakeLog>();
        log.Verbosity = settings.Verbosity;
        try
        {
            var engine = provider.GetRequiredService<ICakeEngine>();
            var buildContext = provider.GetRequiredService<IFrostingContext>();
            foreach (IFrostingTask task in provider.GetServices<IFrostingTask>())
                Register(task, engine, buildContext);
            IScriptHost host = CreateHost(provider, settings);
            if (settings.Exclusive)
                host.Settings.UseExclusiveTarget();
            host.RunTargets(settings.Targets);
            return 0;
        }
        // Whatever went wrong in a task is reported, and becomes the exit code.
        catch (Exception exception)
        {
            return log.LogException(exception);
        }
    }

    private static IScriptHost CreateHost(IServiceProvider provider, HostSettings settings)
    {
        Type type = settings switch
        {
            { DryRun: true } => typeof(DryRunScriptHost<IFrostingContext>),
            { Tree: true } => typeof(TreeScriptHost),
            { Describe: true } => typeof(DescriptionScriptHost),
            _ => typeof(BuildScriptHost<IFrostingContext>),
        };
        return (IScriptHost)ActivatorUtilities.CreateInstance(provider, type);
    }

    private static void Register(IFrostingTask task, ICakeEngine engine, IFrostingContext context)
    {
        Type type = task.GetType();
        CakeTaskBuilder builder = engine.RegisterTask(NameOf(type))
            .Description(type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? "")
            .WithCriteria(() => task.ShouldRun(context))
            .Does(() => task.Run(context));
        foreach (IsDependentOnAttribute needed in type.GetCustomAttributes<IsDependentOnAttribute>())
            builder.IsDependentOn(NameOf(needed.Task));
    }

    private static string NameOf(Type task) => task.GetCustomAttribute<TaskNameAttribute>()?.Name ?? task.Name;
}
