using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Oriel.Components;

/// <summary>Writes the document that components are shown in.</summary>
internal static class HostPage
{
    /// <summary>The script that shows the components.</summary>
    public const string Script = $"{BridgeAddress.UI}components.js";

    /// <summary>The theme of the widgets.</summary>
    public const string Theme = $"{BridgeAddress.UI}theme.css";

    // The names that are usual in wwwroot; the first that is there is the page's icon.
    private static readonly string[] s_icons = ["favicon.svg", "favicon.ico", "favicon.png"];

    /// <param name="options">What the page has.</param>
    /// <param name="hasAsset">Whether the app has an asset of that path.</param>
    /// <param name="root">The address that the paths of assets and of routes are relative to; ends with a slash.</param>
    /// <param name="title">The title until a component sets one.</param>
    /// <param name="socket">Where a browser connects; null in a window, which needs no connection.</param>
    public static string Write(ComponentsOptions options, Func<string, bool> hasAsset, string root = "/", string? title = null, string? socket = null)
    {
        var culture = CultureOf(options.Language);
        var isRightToLeft = options.IsRightToLeft ?? culture.TextInfo.IsRightToLeft;
        var language = options.Language ?? (culture.Name.Length > 0 ? culture.Name : "en");
        var page = new StringBuilder();

        // The canvas is dark from the first painted frame where the system is: no style sheet has to arrive for that.
        page.Append("<!DOCTYPE html>\n<html lang=\"").Append(Encode(language)).Append("\" dir=\"").Append(isRightToLeft ? "rtl" : "ltr").Append("\">\n<head>\n")
            .Append("<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n")
            .Append("<base href=\"").Append(Encode(root)).Append("\">\n");

        if (socket is not null)
        {
            page.Append("<meta name=\"oriel-socket\" content=\"").Append(Encode(socket)).Append("\">\n");
        }

        if (title is not null)
        {
            page.Append("<title>").Append(Encode(title)).Append("</title>\n");
        }

        // A browser that is told of none asks for /favicon.ico, and complains that there is none.
        page.Append("<link rel=\"icon\" href=\"").Append(s_icons.FirstOrDefault(hasAsset) ?? "data:,").Append("\">\n");

        foreach (var sheet in StyleSheets(options, hasAsset))
        {
            page.Append("<link rel=\"stylesheet\" href=\"").Append(Encode(Below(root, sheet))).Append("\">\n");
        }

        // In order, and behind the parsing: a library finds what the first one provides, and is there when the first component renders.
        foreach (var script in options.Scripts.Prepend(Script))
        {
            page.Append("<script defer src=\"").Append(Encode(Below(root, script))).Append("\"></script>\n");
        }

        return page.Append("</head>\n<body></body>\n</html>\n").ToString();
    }

    /// <summary>The Content-Security-Policy of the page: the application's own, with the base address that routes need.</summary>
    /// <param name="policy">The policy of the application's pages.</param>
    /// <param name="allowInlineStyles">Whether libraries may bring styles in markup.</param>
    public static string Policy(string policy, bool allowInlineStyles)
    {
        policy = policy.Replace("base-uri 'none'", "base-uri 'self'", StringComparison.Ordinal);
        return allowInlineStyles ? policy.Replace("style-src 'self'", "style-src 'self' 'unsafe-inline'", StringComparison.Ordinal) : policy;
    }

    private static IEnumerable<string> StyleSheets(ComponentsOptions options, Func<string, bool> hasAsset)
    {
        if (options.UsesTheme)
        {
            yield return Theme;
        }

        foreach (var sheet in options.StyleSheets)
        {
            yield return sheet;
        }

        foreach (var sheet in (string[])["css/app.css", $"{options.ApplicationName}.styles.css"])
        {
            if (!options.StyleSheets.Contains(sheet) && hasAsset(sheet))
            {
                yield return sheet;
            }
        }
    }

    // Oriel's own files are at a path of their own; others are where the application says.
    private static string Below(string root, string path) => path.StartsWith(BridgeAddress.UI, StringComparison.Ordinal) ? $"{root}{path.AsSpan(1)}" : path;

    private static CultureInfo CultureOf(string? language)
    {
        try
        {
            return language is null ? CultureInfo.CurrentUICulture : CultureInfo.GetCultureInfo(language);
        }
        catch (CultureNotFoundException)
        {
            // A program without culture data knows no language at all; the page may well.
            return CultureInfo.InvariantCulture;
        }
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
