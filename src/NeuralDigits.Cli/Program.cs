using NeuralDigits.Cli;

return await Tool.RunAsync(args, CommandEnvironment.OfThisProcess());
