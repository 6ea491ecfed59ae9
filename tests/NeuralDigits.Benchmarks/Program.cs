using System.CommandLine;
using NeuralDigits.Benchmarks;

return await new RootCommand("Measures NeuralDigits, and what it is compared with. Each table names the machine and the versions.")
{
    KernelsCommand.Create(),
    PeersCommand.Create(),
    TrainersCommand.Create(),
}.Parse(args).InvokeAsync();
