using System.Reflection;

namespace NeuralDigits.Pipeline;

/// <summary>A target of the build, as the attributes of its task tell it.</summary>
/// <param name="Name">What to write behind <c>--target</c>.</param>
/// <param name="Description">What it does, in one line.</param>
/// <param name="Path">The names of the targets that may run for it: all that it needs, and itself.</param>
public sealed record Target(string Name, string Description, IReadOnlyList<string> Path)
{
    /// <summary>Every target, those that need no other one first.</summary>
    public static IReadOnlyList<Target> All { get; } =
    [
        .. from task in typeof(Target).Assembly.GetExportedTypes()
           where task.IsAssignableTo(typeof(IFrostingTask)) && !task.IsAbstract
           orderby Depth(task)
           select new Target(
               NameOf(task),
               task.GetCustomAttribute<TaskDescriptionAttribute>()!.Description,
               [.. PathTo(task)]),
    ];

    private static string NameOf(Type task) => task.GetCustomAttribute<TaskNameAttribute>()!.Name;

    private static IEnumerable<string> PathTo(Type task) =>
        task.GetCustomAttributes<IsDependentOnAttribute>().SelectMany(needed => PathTo(needed.Task)).Append(NameOf(task));

    private static int Depth(Type task) =>
        task.GetCustomAttributes<IsDependentOnAttribute>().Select(needed => 1 + Depth(needed.Task)).DefaultIfEmpty().Max();
}
