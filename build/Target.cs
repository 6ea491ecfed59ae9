using System.Reflection;

namespace NeuralDigits.Pipeline;

/// <summary>A target of the build, as the attributes of its task tell it.</summary>
/// <param name="Name">What to write behind <c>--target</c>.</param>
/// <param name="Description">What it does, in one line.</param>
public sealed record Target(string Name, string Description)
{
    /// <summary>Every target, those that need no other one first.</summary>
    public static IReadOnlyList<Target> All { get; } =
    [
        .. from task in typeof(Target).Assembly.GetExportedTypes()
           where task.IsAssignableTo(typeof(IFrostingTask)) && !task.IsAbstract
           orderby Depth(task)
           select new Target(
               task.GetCustomAttribute<TaskNameAttribute>()!.Name,
               task.GetCustomAttribute<TaskDescriptionAttribute>()!.Description),
    ];

    private static int Depth(Type task) =>
        task.GetCustomAttributes<IsDependentOnAttribute>().Select(needed => 1 + Depth(needed.Task)).DefaultIfEmpty().Max();
}
