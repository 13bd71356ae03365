using Oriel;

namespace Plugins;

/// <summary>A plug-in in this process: counts what a text consists of. Pages call it as <c>plugin:text|count</c>.</summary>
internal sealed class TextPlugin : IPlugin
{
    public string Name => "text";

    public void AddTo(CommandRegistry commands, OrielApp app) =>
        commands.Map("count", Count, new CommandOptions { Example = """{"text":"two words"}""" });

    /// <summary>Counts words and lines.</summary>
    private static TextCount Count(string text) =>
        new(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, text.Length == 0 ? 0 : text.Split('\n').Length);
}
