using System.ComponentModel;

using Cake.Cli;
using Cake.Core.Diagnostics;

using Spectre.Console.Cli;

namespace Cake.Frosting;

/// <summary>The options of the host itself; all others are arguments of the build.</summary>
internal sealed class HostSettings : CommandSettings
{
    [CommandOption("-t|--target <TARGET>")]
    [DefaultValue("Default")]
    [Description("The target to run; may be given more than once.")]
    public required string[] Targets { get; init; }

    [CommandOption("-e|--exclusive")]
    [Description("Runs the target without those it depends on.")]
    public bool Exclusive { get; init; }

    [CommandOption("--dryrun|--noop|--whatif")]
    [Description("Names the targets that would run, in their order, and runs none.")]
    public bool DryRun { get; init; }

    [CommandOption("--tree|--showtree")]
    [Description("Shows which target depends on which.")]
    public bool Tree { get; init; }

    [CommandOption("--description|--descriptions")]
    [Description("Shows what each target does.")]
    public bool Describe { get; init; }

    [CommandOption("-v|--verbosity <VERBOSITY>")]
    [DefaultValue(Verbosity.Normal)]
    [TypeConverter(typeof(VerbosityConverter))]
    [Description("How much to say: Quiet, Minimal, Normal, Verbose or Diagnostic.")]
    public Verbosity Verbosity { get; init; }
}
