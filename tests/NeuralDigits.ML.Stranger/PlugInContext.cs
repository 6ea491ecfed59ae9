using System.Reflection;
using System.Runtime.Loader;

/// <summary>
/// Loads an assembly and what lies beside it apart from the rest of the process, as hosts of plug-ins do. What does not lie there it takes
/// from the host.
/// </summary>
internal sealed class PlugInContext(string path) : AssemblyLoadContext("plug-in")
{
    private readonly AssemblyDependencyResolver _resolver = new(path);

    protected override Assembly? Load(AssemblyName assemblyName) =>
        _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
