using System.Xml;
using System.Xml.Linq;
using Microsoft.Build.Framework;

namespace NeuralDigits.MSBuild;

/// <summary>Where an item stands in a project file. MSBuild tells tasks the file, but not the line.</summary>
internal sealed class ItemLocation
{
    private const string ItemType = "NeuralDigitsModel";

    private ItemLocation(string file, IXmlLineInfo? place)
    {
        File = file;
        if (place?.HasLineInfo() == true)
            (Line, Column) = (place.LineNumber, place.LinePosition);
    }

    /// <summary>The project file.</summary>
    public string File { get; }

    /// <summary>The line, from 1; 0 where it is unknown.</summary>
    public int Line { get; }

    /// <summary>The column, from 1; 0 where it is unknown.</summary>
    public int Column { get; }

    /// <summary>Finds an item: the last element that includes it by its name, else, where its name is computed, the first element there is.</summary>
    public static ItemLocation Of(ITaskItem item)
    {
        string file = item.GetMetadata("DefiningProjectFullPath");
        try
        {
            XElement[] elements = [.. XDocument.Load(file, LoadOptions.SetLineInfo).Descendants().Where(element => element.Name.LocalName == ItemType)];
            return new ItemLocation(file, elements.LastOrDefault(element => Includes(element, item.ItemSpec)) ?? elements.FirstOrDefault());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or XmlException or ArgumentException)
        {
            // The item was made by a target, or the file has changed: the message is worth more than its place.
            return new ItemLocation(file, place: null);
        }
    }

    private static bool Includes(XElement element, string name) =>
        element.Attribute("Include") is { } include && include.Value.Split(';').Any(part => part.Trim() == name);
}
