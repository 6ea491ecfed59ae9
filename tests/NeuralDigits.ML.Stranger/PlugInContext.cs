using System.Reflection;
using System.Runtime.Loader;

/// <summary>Loads a program and all that it needs apart from the rest of the process, as hosts of plug-ins do.</summary>
internal sealed class PlugInContext(string program) : AssemblyLoadContext("plug-in")
{
    private readonly AssemblyDependencyResolver _resolver = new(program);

    protected override Assembly? Load(AssemblyName assemblyName) =>
        _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
