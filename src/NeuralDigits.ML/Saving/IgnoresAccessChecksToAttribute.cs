namespace System.Runtime.CompilerServices;

/// <summary>
/// Lets an assembly use the internal types of another one. The runtime knows the attribute by its full name, but no library declares it.
/// </summary>
/// <param name="assemblyName">The other assembly.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
