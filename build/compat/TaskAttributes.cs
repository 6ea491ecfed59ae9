namespace Cake.Frosting;

/// <summary>Names a task.</summary>
/// <param name="name">The name of the target.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TaskNameAttribute(string name) : Attribute
{
    /// <summary>The name of the target.</summary>
    public string Name => name;
}

/// <summary>Describes a task.</summary>
/// <param name="description">What it does, in one line.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TaskDescriptionAttribute(string description) : Attribute
{
    /// <summary>What the task does, in one line.</summary>
    public string Description => description;
}

/// <summary>Puts another task before this one.</summary>
/// <param name="task">The type of the task to run before.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class IsDependentOnAttribute(Type task) : Attribute
{
    /// <summary>The type of the task to run before.</summary>
    public Type Task => task;
}
