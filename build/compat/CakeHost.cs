using System.Reflection;

using Cake.Cli;
using Cake.Core.Configuration;

using Microsoft.Extensions.DependencyInjection;

using Spectre.Console.Cli;

namespace Cake.Frosting;

/// <summary>
/// The host of a build, by the names of Cake.Frosting and over the same engine: as much of it as this build uses. It is
/// compiled only where the package Cake.Frosting is not to be had.
/// </summary>
public sealed class CakeHost
{
    private readonly ServiceCollection _services = new();

    /// <summary>Creates a host for the tasks of the program's own assembly.</summary>
    public CakeHost()
    {
        _services.AddCakeDiagnostics().UseCakeDefaultModules();
        _services.AddSingleton<ICakeReportPrinter, CakeReportPrinter>();
        _services.AddSingleton<ICakeConfiguration>(new CakeConfiguration(new Dictionary<string, string>()));
        foreach (Type type in Assembly.GetEntryAssembly()!.GetExportedTypes())
        {
            if (type.IsAssignableTo(typeof(IFrostingTask)) && !type.IsAbstract)
                _services.AddSingleton(typeof(IFrostingTask), type);
        }
    }

    /// <summary>Sets the type of the context that the tasks share.</summary>
    /// <typeparam name="TContext">The type of the context.</typeparam>
    /// <returns>The same host.</returns>
    public CakeHost UseContext<TContext>()
        where TContext : class, IFrostingContext
    {
        _services.AddSingleton<IFrostingContext, TContext>();
        return this;
    }

    /// <summary>Runs the targets that the command line asks for.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The exit code of the process.</returns>
    public int Run(IEnumerable<string> args)
    {
        var registrar = new TypeRegistrar();
        registrar.RegisterInstance(typeof(IServiceCollection), _services);
        var app = new CommandApp<HostCommand>(registrar);
        app.Configure(configuration =>
        {
            configuration.SetApplicationName("build");
            configuration.AddExample("--target", "NAME");
            configuration.AddExample("--tree");
            configuration.Settings.ConvertFlagsToRemainingArguments = true;
        });
        return app.Run(args);
    }
}
