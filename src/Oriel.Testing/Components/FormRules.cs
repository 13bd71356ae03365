using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Oriel.Testing;

/// <summary>What a browser asks of a form's fields before it submits them.</summary>
internal static partial class FormRules
{
    // A pattern of the application that never ends is a mistake of it.
    private static readonly TimeSpan s_patternLimit = TimeSpan.FromSeconds(1);

    /// <summary>The first field that is not valid and what it breaks; null when all are.</summary>
    public static (IElement Field, string Rule)? Broken(IHtmlFormElement form)
    {
        foreach (var field in form.Elements.OfType<IElement>())
        {
            if (!IsBarred(field) && RuleBrokenBy(field, form) is { } rule)
            {
                return (field, rule);
            }
        }

        return null;
    }

    /// <summary>Whether a field lets a key into its text: one for numbers takes only what they are written with.</summary>
    public static bool TakesKeys(IElement field, string key) => field is not IHtmlInputElement { Type: "number" } || key.Length > 1 || "0123456789+-.eE".Contains(key, StringComparison.Ordinal);

    /// <summary>What an input of a type makes of a text: nothing, when it can hold no such text.</summary>
    public static string Sanitize(string type, string value) => type switch
    {
        "number" or "range" => value.Length == 0 || IsNumber(value, out _) ? value : "",
        "date" => IsExact(value, "yyyy-MM-dd") ? value : "",
        "month" => IsExact(value, "yyyy-MM") ? value : "",
        "time" => IsExact(value, "HH:mm", "HH:mm:ss", "HH:mm:ss.fff") ? value : "",
        "datetime-local" => IsExact(value, "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.fff") ? value : "",
        "color" => Color().IsMatch(value) ? value : "",
        _ => value.ReplaceLineEndings(""),
    };

    private static string? RuleBrokenBy(IElement field, IHtmlFormElement form)
    {
        if (field is IHtmlInputElement { Type: "checkbox" or "radio" } box)
        {
            return box.HasAttribute("required") && !IsAnyChecked(box, form) ? "is required and not checked" : null;
        }

        var value = ComponentPage.TextIn(field);
        if (value.Length == 0)
        {
            return field.HasAttribute("required") ? "is required and empty" : null;
        }

        if (int.TryParse(field.GetAttribute("minlength"), out var least) && value.Length < least)
        {
            return $"takes at least {least} characters, and holds {value.Length}";
        }

        return field is IHtmlInputElement input ? RuleBrokenBy(input, value) : null;
    }

    private static string? RuleBrokenBy(IHtmlInputElement input, string value)
    {
        if (input.GetAttribute("pattern") is { } pattern && !Regex.IsMatch(value, $"^(?:{pattern})$", RegexOptions.None, s_patternLimit))
        {
            return $"holds \"{value}\", which does not match its pattern {pattern}";
        }

        return input.Type switch
        {
            "email" when !Email().IsMatch(value) => $"holds \"{value}\", which is no email address",
            "url" when !Uri.TryCreate(value, UriKind.Absolute, out _) => $"holds \"{value}\", which is no address",
            "number" or "range" => OutOfRange(input, value, text => IsNumber(text, out var number) ? number : null),
            "date" or "month" or "time" or "datetime-local" => OutOfRange(input, value, text => DateTime.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time.Ticks : null),
            _ => null,
        };
    }

    private static string? OutOfRange(IHtmlInputElement input, string value, Func<string, double?> read)
    {
        var number = read(value);
        return number < read(input.GetAttribute("min") ?? "") ? $"holds {value}, which is less than {input.GetAttribute("min")}"
            : number > read(input.GetAttribute("max") ?? "") ? $"holds {value}, which is more than {input.GetAttribute("max")}"
            : null;
    }

    private static bool IsBarred(IElement field) =>
        field.HasAttribute("disabled") || field.HasAttribute("readonly") || field.Closest("fieldset[disabled],datalist") is not null
        || field is IHtmlInputElement { Type: "hidden" or "button" or "reset" } or IHtmlButtonElement or IHtmlOutputElement;

    private static bool IsAnyChecked(IHtmlInputElement box, IHtmlFormElement form) =>
        box.IsChecked || (box.Type == "radio" && form.Elements.OfType<IHtmlInputElement>().Any(other => other.Type == "radio" && other.Name == box.Name && other.IsChecked));

    private static bool IsNumber(string value, out double number) =>
        double.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number);

    private static bool IsExact(string value, params string[] formats) =>
        value.Length == 0 || DateTime.TryParseExact(value, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex("^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$")]
    private static partial Regex Email();

    [GeneratedRegex("^#[0-9a-fA-F]{6}$")]
    private static partial Regex Color();
}
