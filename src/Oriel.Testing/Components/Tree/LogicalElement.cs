using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Oriel.Testing.Tree;

/// <summary>An element that a component wrote, with what the document does not hold of it: its handlers and what they prevent.</summary>
internal sealed class LogicalElement(IElement element) : LogicalNode
{
    private readonly HashSet<string> _flags = new(StringComparer.Ordinal);
    private string? _selected;

    public IElement Element => element;

    public Dictionary<string, long> Handlers { get; } = new(StringComparer.Ordinal);

    public string? Reference { get; set; }

    /// <summary>The number of the last event that told what a person did to the element's value.</summary>
    public long LastEdit { get; set; }

    public override IEnumerable<INode> Shown => [element];

    public bool Prevents(string eventName) => _flags.Contains("__internal_preventDefault_on" + eventName);

    public bool Stops(string eventName) => _flags.Contains("__internal_stopPropagation_on" + eventName);

    /// <summary>Sets an attribute, or what an attribute of that name stands for on a form element.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value; null takes it away.</param>
    /// <param name="keepsEdit">Whether a person has changed the element since: what they did stays.</param>
    public void Set(string name, string? value, bool keepsEdit)
    {
        if (name.StartsWith("__internal_", StringComparison.Ordinal))
        {
            _ = value is null ? _flags.Remove(name) : _flags.Add(name);
        }
        else if (name == "value" && HoldsText)
        {
            SetValue(value ?? "", keepsEdit);
        }
        else if (name == "checked" && element is IHtmlInputElement input)
        {
            if (!keepsEdit)
            {
                Check(input, value is not null);
            }
        }
        else if (value is null || IsDangerous(name, value))
        {
            element.RemoveAttribute(name);
        }
        else
        {
            element.SetAttribute(name, value);
        }
    }

    /// <summary>Selects the options of what was set before they were there.</summary>
    public void SelectLate()
    {
        if (element is not IHtmlSelectElement select || _selected is null)
        {
            return;
        }

        string[] values = select.IsMultiple && _selected.StartsWith('[')
            ? System.Text.Json.Nodes.JsonNode.Parse(_selected)!.AsArray().Select(value => value?.ToString() ?? "").ToArray()
            : [_selected];
        foreach (var option in select.Options)
        {
            option.IsSelected = values.Contains(option.Value);
        }
    }

    /// <summary>Forgets what components selected: a person has selected something else.</summary>
    public void ForgetSelection() => _selected = null;

    private bool HoldsText => element switch
    {
        IHtmlTextAreaElement or IHtmlSelectElement => true,
        IHtmlInputElement input => input.Type is not ("checkbox" or "radio" or "hidden" or "submit" or "button" or "reset" or "image" or "file"),
        _ => false,
    };

    /// <summary>Checks a box, and takes the check from the others of its group when it is a radio button.</summary>
    public static void Check(IHtmlInputElement input, bool isChecked)
    {
        input.IsChecked = isChecked;
        if (!isChecked || input.Type != "radio" || string.IsNullOrEmpty(input.Name) || input.Owner is null)
        {
            return;
        }

        foreach (var other in input.Owner.QuerySelectorAll("input[type=radio]").OfType<IHtmlInputElement>())
        {
            if (other != input && other.Name == input.Name && other.Form == input.Form)
            {
                other.IsChecked = false;
            }
        }
    }

    private void SetValue(string value, bool keepsEdit)
    {
        if (keepsEdit)
        {
            return;
        }

        switch (element)
        {
            case IHtmlInputElement input:
                input.Value = value;
                break;
            case IHtmlTextAreaElement area:
                area.Value = value;
                break;
            default:
                _selected = value;
                break;
        }
    }

    private static bool IsDangerous(string name, string value)
    {
        if (name is not ("href" or "src" or "action" or "formaction" or "xlink:href" or "data" or "poster" or "background" or "ping"))
        {
            return false;
        }

        var address = string.Concat(value.Where(character => character > ' ' && !char.IsControl(character)));
        return address.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("vbscript:", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("data:text/html", StringComparison.OrdinalIgnoreCase);
    }
}
