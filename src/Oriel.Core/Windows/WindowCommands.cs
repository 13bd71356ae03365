using System.Text.Json;
using Oriel.Ipc;

namespace Oriel;

/// <summary>The commands behind <c>oriel.window</c>: a page drives the window that shows it, and no other.</summary>
internal static class WindowCommands
{
    private const string Prefix = "oriel.window.";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. from name in (string[])["close", "minimize", "maximize", "restore", "setTitle", "setSize", "setFullscreen"] select Prefix + name];

    public static bool Contains(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    public static void AddTo(CommandRegistry commands)
    {
        Add(commands, "close", "Closes the window.", static (window, _) => window.Close());
        Add(commands, "minimize", "Minimizes the window.", static (window, _) => window.State = WindowState.Minimized);
        Add(commands, "maximize", "Maximizes the window.", static (window, _) => window.State = WindowState.Maximized);
        Add(commands, "restore", "Gives the window its normal size.", static (window, _) => window.State = WindowState.Normal);
        Add(commands, "setTitle", "Sets the title.", static (window, arguments) => window.Title = Text(arguments, "title"), """{"title":"Hello"}""");
        Add(commands, "setSize", "Sets the size of the content.", static (window, arguments) => window.Size = new WindowSize(Pixels(arguments, "width"), Pixels(arguments, "height")), """{"width":800,"height":600}""");
        Add(commands, "setFullscreen", "Fills the screen, or stops filling it.", static (window, arguments) => window.State = Flag(arguments, "enabled") ? WindowState.Fullscreen : WindowState.Normal, """{"enabled":true}""");
    }

    private static void Add(CommandRegistry commands, string name, string description, Action<Window, JsonElement> action, string? example = null) =>
        commands.AddOwn(
            Prefix + name,
            context =>
            {
                if (context.Arguments.IsEmpty)
                {
                    action(context.Window, default);
                    return ValueTask.CompletedTask;
                }

                using var arguments = JsonDocument.Parse(context.Arguments);
                action(context.Window, arguments.RootElement);
                return ValueTask.CompletedTask;
            },
            new CommandOptions { Description = description, Example = example });

    private static JsonElement Member(JsonElement arguments, string name) =>
        arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty(name, out var member) ? member : throw Mismatch(name);

    private static string Text(JsonElement arguments, string name)
    {
        try
        {
            return Member(arguments, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw Mismatch(name);
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate.
            throw Mismatch(name);
        }
    }

    private static int Pixels(JsonElement arguments, string name) =>
        Member(arguments, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var pixels) && pixels is >= 1 and <= 32_767
            ? pixels
            : throw Mismatch(name);

    private static bool Flag(JsonElement arguments, string name) => Member(arguments, name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Mismatch(name),
    };

    private static IpcException Mismatch(string name) =>
        new(new IpcError(IpcErrorCode.InvalidParams, $"The argument \"{name}\" is missing or does not fit.", System.Text.Encoding.UTF8.GetBytes($"{{\"path\":\"$.{name}\"}}")));
}
