using System.CommandLine;

namespace NeuralDigits.Cli;

/// <summary><c>neuraldigits data show</c>: images of a data set with their labels, on the terminal or as a picture.</summary>
internal sealed class DataShowCommand
{
    private const int DefaultCount = 8;
    private const int MaximumSheetCount = 10_000;
    private const string Gap = "  ";
    private static readonly string[] Sets = ["training", "validation", "test"];

    private readonly Argument<string> _data = new("NAME|PATH")
    {
        Description = $"What to show, as --data of the other commands takes it. Default: {DataChoice.AutomaticName}.",
        DefaultValueFactory = _ => DataChoice.AutomaticName,
    };

    private readonly CacheOptions _cache = new();
    private readonly Option<string> _set = new("--set") { Description = "Which images.", HelpName = string.Join('|', Sets), DefaultValueFactory = _ => Sets[0] };
    private readonly Option<IndexRange?> _index = IndexRange.Option($"Which of them: 7, or 0-99. Default: the first {DefaultCount}, or of --label.");
    private readonly Option<string?> _label = new("--label") { Description = "Only those of this class, by its name.", HelpName = "NAME" };
    private readonly Option<string?> _png = new("--png") { Description = "Write them into this file, as one PNG picture, rather than on the terminal.", HelpName = "FILE" };
    private readonly Option<bool> _force = new("--force") { Description = "Replace the file if it is there." };

    public static Command Create(CommandEnvironment environment)
    {
        var options = new DataShowCommand();
        options._set.AcceptOnlyFromAmong(Sets);
        var command = new Command("show", "Shows images of a data set with their labels.")
        {
            options._data, options._set, options._index, options._label, options._png, options._force,
        };
        options._cache.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => options.RunAsync(parsed, environment, cancellation), cancellation));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellation)
    {
        string? png = parsed.GetValue(_png);
        if (png is not null)
            NewFile.RequireNone(png, parsed.GetValue(_force));
        DataSet data = await _cache.Source(DataChoice.Of(parsed.GetValue(_data)!), parsed, environment).LoadOrDrawAsync(cancellation);
        LabelledImages images = parsed.GetValue(_set) switch
        {
            "training" => data.Training,
            "validation" => data.Validation,
            _ => data.Test,
        };
        int[] indices = Choose(images, parsed.GetValue(_index), parsed.GetValue(_label));
        if (png is null)
        {
            Draw(images, indices, environment, cancellation);
            return ExitCode.Done;
        }

        if (indices.Length > MaximumSheetCount)
            throw new WrongUsageException($"{indices.Length} images are too many for one picture; expected at most {MaximumSheetCount}, by --index.");
        NewFile.Write(png, ContactSheet.Write(images, indices), parsed.GetValue(_force));
        environment.Output.WriteLine($"{indices.Length} images in {Path.GetFullPath(png)}");
        return ExitCode.Done;
    }

    private static int[] Choose(LabelledImages images, IndexRange? range, string? label)
    {
        if (range is not null && range.Last >= images.Count)
            throw new WrongUsageException($"--index is {range}; expected numbers from 0 to {images.Count - 1}, as there are {images.Count} images.");
        IEnumerable<int> all = Enumerable.Range(range?.First ?? 0, range is null ? images.Count : range.Last - range.First + 1);
        if (label is not null)
        {
            int number = Array.IndexOf([.. images.ClassNames], label);
            if (number < 0)
                throw new WrongUsageException($"--label is '{label}'; the classes are {string.Join(", ", images.ClassNames)}.");
            all = all.Where(index => images.Labels.Span[index] == number);
        }

        return [.. range is null ? all.Take(DefaultCount) : all];
    }

    private static void Draw(LabelledImages images, int[] indices, CommandEnvironment environment, CancellationToken cancellation)
    {
        int across = Math.Max(1, (environment.OutputWidth + Gap.Length) / (images.Columns + Gap.Length));
        foreach (int[] row in indices.Chunk(across))
        {
            cancellation.ThrowIfCancellationRequested();
            environment.Output.WriteLine(string.Join(Gap, row.Select(index => Caption(images, index).PadRight(images.Columns))).TrimEnd());
            IReadOnlyList<string>[] drawn = [.. row.Select(index => HalfBlocks.Draw(images.Image(index), images.Columns, environment.OutputHasColour))];
            for (int line = 0; line < drawn[0].Count; line++)
                environment.Output.WriteLine(string.Join(Gap, drawn.Select(lines => lines[line])).TrimEnd());
        }
    }

    // No longer than the image is wide, so that those beside it stay in their places.
    private static string Caption(LabelledImages images, int index)
    {
        string caption = $"{index}: {images.ClassNames[images.Labels.Span[index]]}";
        return caption.Length <= images.Columns ? caption : caption[..images.Columns];
    }
}
