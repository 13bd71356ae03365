using System.Text.Json;
using System.Text.Json.Serialization;
using Oriel;

namespace Gallery;

/// <summary>Sets how often the page gets a sample of the machine.</summary>
/// <param name="Milliseconds">The time between two samples, 100 to 5000.</param>
public sealed record MonitorIntervalArguments(int Milliseconds);

/// <summary>Asks about a process.</summary>
public sealed record ProcessDetailsArguments(int Pid);

/// <summary>Asks for the content of a folder.</summary>
/// <param name="Path">The folder's absolute path.</param>
public sealed record FileListArguments(string Path);

/// <summary>A command that the page can try.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does, in a sentence.</param>
/// <param name="Example">Arguments to try it with, as JSON text.</param>
/// <param name="Thread">Where its handler runs.</param>
/// <param name="Stream">Whether its answer is a stream.</param>
public sealed record CommandDescription(
    string Name,
    string? Description,
    string? Example,
    [property: JsonConverter(typeof(CamelCaseEnum<CommandThread>))] CommandThread Thread,
    bool Stream);

/// <summary>Two numbers to calculate with.</summary>
public sealed record Operands(double A, double B);

/// <summary>A text to change.</summary>
public sealed record TextArguments(string Text);

/// <summary>Values to put in reverse order, of any kind.</summary>
public sealed record ReverseArrayArguments(IReadOnlyList<JsonElement> Items);

/// <summary>Asks for an error.</summary>
/// <param name="Message">What the error says.</param>
public sealed record FailArguments(string Message);

/// <summary>Asks for an answer after a time.</summary>
public sealed record SleepArguments(int Milliseconds);

/// <summary>Asks for the numbers from 1, as a stream.</summary>
/// <param name="To">The last number.</param>
/// <param name="Delay">The milliseconds before each number.</param>
public sealed record CountArguments(int To, int Delay);

/// <summary>Asks for many events at once.</summary>
/// <param name="Count">How many.</param>
/// <param name="Size">The length of each one's padding, in characters.</param>
public sealed record BurstArguments(int Count, int Size);

/// <summary>How long it took until the page had all events of a burst.</summary>
public sealed record BurstResult(int Count, double Milliseconds);

/// <summary>One event of a burst.</summary>
public sealed record BurstItem(int Index, string Padding);

/// <summary>Begins or ends the event <c>tick</c>.</summary>
public sealed record TickArguments(bool Enabled);

/// <summary>An event of every second.</summary>
/// <param name="Index">The number of the ticks before it.</param>
/// <param name="Time">When it was sent, in milliseconds since 1970.</param>
public sealed record Tick(int Index, long Time);

/// <summary>A text that the page sends as an event.</summary>
public sealed record PageMessage(string Text);

/// <summary>The answer to a <see cref="PageMessage"/>.</summary>
/// <param name="Text">The page's text.</param>
/// <param name="Received">When it came, in milliseconds since 1970.</param>
public sealed record PageEcho(string Text, long Received);

/// <summary>The page came into view, or left it: it is in a window that was minimized.</summary>
public sealed record PageVisibility(bool Visible);

/// <summary>The colours that the page has.</summary>
public sealed record PageTheme([property: JsonConverter(typeof(CamelCaseEnum<Theme>))] Theme Theme);
