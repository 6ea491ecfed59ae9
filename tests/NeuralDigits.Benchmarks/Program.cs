using System.CommandLine;
using NeuralDigits.Benchmarks;

return await new RootCommand("Measures NeuralDigits, and what it is compared with. Each table names the machine and the versions.")
{
    TrainersCommand.Create(),
}.Parse(args).InvokeAsync();
