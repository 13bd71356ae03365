using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Oriel.Testing;

/// <summary>What of a document assistive software sees: roles, names and what is hidden. As much of ARIA and HTML-AAM as tests ask for.</summary>
internal static partial class Accessibility
{
    public static string? RoleOf(IElement element) => element.GetAttribute("role") is { Length: > 0 } role
        ? role.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()
        : element.LocalName switch
        {
            "a" or "area" when element.HasAttribute("href") => "link",
            "button" or "summary" => "button",
            "input" => RoleOfInput(((IHtmlInputElement)element).Type),
            "select" => element.HasAttribute("multiple") || element.GetAttribute("size") is { } size && size is not ("0" or "1") ? "listbox" : "combobox",
            "textarea" => "textbox",
            "option" => "option",
            "h1" or "h2" or "h3" or "h4" or "h5" or "h6" => "heading",
            "ul" or "ol" => "list",
            "li" => "listitem",
            "table" => "table",
            "thead" or "tbody" or "tfoot" => "rowgroup",
            "tr" => "row",
            "td" => "cell",
            "th" => element.GetAttribute("scope") == "row" ? "rowheader" : "columnheader",
            "nav" => "navigation",
            "main" or "form" or "dialog" or "article" or "figure" or "meter" => element.LocalName,
            "header" => "banner",
            "footer" => "contentinfo",
            "aside" => "complementary",
            "img" => element.GetAttribute("alt") is "" ? "presentation" : "img",
            "progress" => "progressbar",
            "output" => "status",
            "hr" => "separator",
            "fieldset" => "group",
            _ => null,
        };

    public static string NameOf(IElement element)
    {
        if (element.GetAttribute("aria-labelledby") is { Length: > 0 } ids)
        {
            return Collapsed(string.Join(' ', ids.Split(' ').Select(id => element.Owner?.GetElementById(id)).OfType<IElement>().Select(TextOf)));
        }

        if (LabelOf(element) is { Length: > 0 } label)
        {
            return label;
        }

        return element switch
        {
            IHtmlInputElement { Type: "submit" or "button" or "reset" } input => input.GetAttribute("value") ?? (input.Type == "submit" ? "Submit" : input.Type == "reset" ? "Reset" : ""),
            IHtmlImageElement or IHtmlInputElement { Type: "image" } => element.GetAttribute("alt") ?? "",
            IHtmlInputElement or IHtmlTextAreaElement or IHtmlSelectElement => element.GetAttribute("title") ?? element.GetAttribute("placeholder") ?? "",
            _ when element.QuerySelector(element.LocalName switch { "table" => "caption", "fieldset" => "legend", "figure" => "figcaption", _ => "[no-such-thing]" }) is { } caption => TextOf(caption),
            _ when TextOf(element) is { Length: > 0 } text => text,
            _ => element.GetAttribute("title") ?? element.QuerySelector("img[alt]")?.GetAttribute("alt") ?? "",
        };
    }

    /// <summary>What labels an element: <c>aria-label</c>, or a label that is for it or around it.</summary>
    public static string? LabelOf(IElement element)
    {
        if (element.GetAttribute("aria-label") is { Length: > 0 } label)
        {
            return label;
        }

        if (element is not (IHtmlInputElement or IHtmlTextAreaElement or IHtmlSelectElement or IHtmlMeterElement or IHtmlProgressElement or IHtmlOutputElement or IHtmlButtonElement))
        {
            return null;
        }

        var about = element.Id is { Length: > 0 } id
            ? element.Owner?.QuerySelectorAll("label[for]").FirstOrDefault(candidate => candidate.GetAttribute("for") == id)
            : null;
        return (about ?? element.Closest("label")) is { } labelling ? TextAround(labelling) : null;
    }

    /// <summary>The text of an element as it is read, white space made one space.</summary>
    public static string TextOf(IElement element) => Collapsed(element.TextContent);

    public static bool IsHidden(IElement element) => HiddenBy(element) is not null;

    /// <summary>Why an element cannot be seen; null when it can.</summary>
    public static string? HiddenBy(IElement element)
    {
        if (element is IHtmlInputElement { Type: "hidden" })
        {
            return "it is an input of the type hidden";
        }

        for (var node = element; node is not null; node = node.ParentElement)
        {
            var style = node.GetAttribute("style") ?? "";
            var reason = node.HasAttribute("hidden") ? "hidden"
                : NotDisplayed().IsMatch(style) ? "not displayed by its style"
                : node is { LocalName: "dialog" } && !node.HasAttribute("open") ? "a dialog that is not open"
                : node.ParentElement is { LocalName: "details" } details && !details.HasAttribute("open") && node.LocalName != "summary" ? "in details that are not open"
                : node.LocalName is "template" or "head" or "script" or "style" ? "never shown"
                : null;
            if (reason is not null)
            {
                return node == element ? $"it is {reason}" : $"<{node.LocalName}> around it is {reason}";
            }
        }

        return null;
    }

    // A label's own controls are no part of what it says.
    private static string TextAround(IElement label)
    {
        var copy = (IElement)label.Clone(deep: true);
        foreach (var control in copy.QuerySelectorAll("input,select,textarea,button").ToArray())
        {
            control.Remove();
        }

        return TextOf(copy);
    }

    private static string? RoleOfInput(string type) => type switch
    {
        "checkbox" or "radio" => type,
        "button" or "submit" or "reset" or "image" => "button",
        "range" => "slider",
        "number" => "spinbutton",
        "search" => "searchbox",
        "hidden" or "password" or "file" or "color" or "date" or "time" or "datetime-local" or "month" or "week" => null,
        _ => "textbox",
    };

    private static string Collapsed(string text) => WhiteSpace().Replace(text, " ").Trim();

    [GeneratedRegex(@"(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden)\b")]
    private static partial Regex NotDisplayed();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
