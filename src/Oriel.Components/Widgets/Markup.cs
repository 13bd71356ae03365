using System.Buffers;

namespace Oriel.Components.Widgets;

/// <summary>Finds what would run or load something that a widget was not meant to. Each answers with the problem, or null.</summary>
internal static class Markup
{
    private static readonly SearchValues<char> s_nameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:.");

    private static readonly SearchValues<char> s_styleRefused = SearchValues.Create("{}\\<>@\0");

    // Functions of CSS that fetch, and those that old engines ran.
    private static readonly string[] s_styleFunctions = ["url(", "src(", "image(", "image-set(", "expression(", "element(", "-moz-binding", "behavior:", "javascript:", "/*"];

    private static readonly HashSet<string> s_links = new(StringComparer.OrdinalIgnoreCase)
    {
        "href", "xlink:href", "action", "formaction", "data", "cite", "ping", "manifest", "codebase", "to", "from", "values",
    };

    private static readonly HashSet<string> s_images = new(StringComparer.OrdinalIgnoreCase) { "src", "poster", "background", "lowsrc", "dynsrc" };

    public static string? FindUnsafeAttribute(string name, object? value)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(s_nameCharacters))
        {
            // Razor's own, such as the one that prevents an event's default, begin so.
            return name.StartsWith("__internal_", StringComparison.Ordinal) ? null : $"\"{name}\" is no name of an attribute.";
        }

        if (name.StartsWith("on", StringComparison.OrdinalIgnoreCase))
        {
            return value is string ? $"the attribute \"{name}\" would run its text as a script. Handle the event in C#." : null;
        }

        if (name.Equals("srcdoc", StringComparison.OrdinalIgnoreCase))
        {
            return "the attribute \"srcdoc\" would make its text a document.";
        }

        if (name.Equals("srcset", StringComparison.OrdinalIgnoreCase))
        {
            return $"{value}".Split(',').Select(static candidate => FindUnsafeImage(candidate)).FirstOrDefault(static problem => problem is not null);
        }

        return s_links.Contains(name) ? FindUnsafeLink($"{value}") : s_images.Contains(name) ? FindUnsafeImage($"{value}") : null;
    }

    public static string? FindUnsafeLink(string address) => SchemeOf(address) is "javascript" or "vbscript" or "data" or "blob" or "filesystem" or "view-source"
        ? $"\"{Shorten(address)}\" is an address that can run a script. Link to a page or a file, or handle the click in C#."
        : null;

    public static string? FindUnsafeImage(string address) => SchemeOf(address) switch
    {
        "javascript" or "vbscript" => $"\"{Shorten(address)}\" is a script, not an image.",
        "data" when !Compact(address).StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) =>
            $"\"{Shorten(address)}\" is data that is no image. Write data:image/... or an address.",
        _ => null,
    };

    public static string? FindUnsafeStyle(string declarations)
    {
        foreach (var declaration in declarations.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = declaration.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || declaration.AsSpan(0, colon).Trim().ContainsAnyExcept(s_nameCharacters) || FindUnsafeValue(declaration) is not null)
            {
                return $"\"{Shorten(declaration)}\" is no style that is accepted: write property: value, without addresses, blocks, escapes and comments.";
            }
        }

        return null;
    }

    private static string? FindUnsafeValue(string text) =>
        text.AsSpan().ContainsAny(s_styleRefused) ? text : Array.Find(s_styleFunctions, refused => text.Contains(refused, StringComparison.OrdinalIgnoreCase));

    // As browsers read it: white space and control characters around an address, and tabs and line feeds within, do not count.
    private static string? SchemeOf(string address)
    {
        var compact = Compact(address);
        var end = compact.AsSpan().IndexOfAny(":/?#");
        return end > 0 && compact[end] == ':' ? compact[..end].ToLowerInvariant() : null;
    }

    private static string Compact(string address) => string.Concat(address.Where(static character => character is > ' ' and not '\x7f'));

    private static string Shorten(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 60), "...");
}
