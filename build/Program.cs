using NeuralDigits.Pipeline;

// Ctrl+C reaches the process that a task runs as well: the build waits for that to end in its own way, and then
// fails. A second Ctrl+C ends the build at once.
bool interrupted = false;
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = !interrupted;
    interrupted = true;
};

return new CakeHost().UseContext<BuildContext>().Run(args);
