using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Oriel.Testing;

/// <summary>An element of a page, the same as long as it is shown: rendering changes it and does not replace it.</summary>
/// <remarks>What a person does to it is refused with a <see cref="ComponentPageException"/> where a browser would not let them.</remarks>
public sealed partial class PageElement : IEquatable<PageElement>
{
    private const int MaxDescribed = 120;

    private readonly ComponentPage _page;
    private readonly IElement _element;

    internal PageElement(ComponentPage page, IElement element)
    {
        _page = page;
        _element = element;
    }

    /// <summary>Its name: <c>button</c>.</summary>
    public string Name => _element.LocalName;

    /// <summary>Its text and that of all inside of it, as it stands there.</summary>
    public string Text => _page.Read(() => _element.TextContent);

    /// <summary>Its HTML.</summary>
    public string Markup => _page.Read(() => _element.OuterHtml);

    /// <summary>Its attributes.</summary>
    public IReadOnlyDictionary<string, string> Attributes => _page.Read(() => _element.Attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value));

    /// <summary>An attribute; null when it is not there.</summary>
    public string? this[string attribute] => _page.Read(() => _element.GetAttribute(attribute));

    /// <summary>What a form element holds now.</summary>
    /// <exception cref="ComponentPageException">It is none.</exception>
    public string Value => _page.Read(() => FieldText ?? throw Refuse("has no value: it is no form element"));

    /// <summary>The values of the options that are selected.</summary>
    public IReadOnlyList<string> Values => _page.Read(() => _element is IHtmlSelectElement select
        ? select.Options.Where(option => option.IsSelected).Select(option => option.Value).ToArray()
        : throw Refuse("has no options"));

    /// <summary>Whether a checkbox or radio button is checked.</summary>
    public bool IsChecked => _page.Read(() => _element is IHtmlInputElement { Type: "checkbox" or "radio" } input ? input.IsChecked : throw Refuse("cannot be checked"));

    /// <summary>Whether it is disabled, by itself or a fieldset.</summary>
    public bool IsDisabled => _page.Read(() => DisabledBy is not null);

    /// <summary>Whether a person could see it.</summary>
    public bool IsVisible => _page.Read(() => IsShown && !Accessibility.IsHidden(_element));

    /// <summary>Whether it is still in the document.</summary>
    public bool IsShown => _page.Read(() => _page.Tree.Document.Contains(_element));

    /// <summary>Whether it has the focus.</summary>
    public bool IsFocused => _page.Read(() => _page.Focused == _element);

    /// <summary>How often the component that wrote it has changed the page, the first time included.</summary>
    public int RenderCount => _page.Read(() => _page.Tree.Find(_element) is { } written ? _page.RendersOf(Tree.LogicalTree.ComponentOf(written)) : throw Refuse("was not written by a component as an element"));

    internal IElement Element => _element;

    /// <summary>The one element inside of it that a CSS selector matches.</summary>
    /// <exception cref="ComponentPageException">There is none, or more than one.</exception>
    public PageElement Find(string selector) => FindAll(selector) is [var one]
        ? one
        : throw _page.Refusal($"{FindAll(selector).Count} elements inside of {Describe(_element)} match \"{selector}\" instead of one.");

    /// <summary>The elements inside of it that a CSS selector matches.</summary>
    public IReadOnlyList<PageElement> FindAll(string selector) =>
        _page.Read(() => _element.QuerySelectorAll(selector).Select(element => new PageElement(_page, element)).ToArray());

    /// <summary>Whether two are the same element of the document.</summary>
    public bool Equals(PageElement? other) => other is not null && other._element == _element;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PageElement);

    /// <inheritdoc/>
    public override int GetHashCode() => _element.GetHashCode();

    /// <summary>Its HTML, as it begins.</summary>
    public override string ToString() => _page.Read(() => Describe(_element));

    internal static string Describe(IElement element)
    {
        var text = Accessibility.TextOf(element);
        var tag = $"<{string.Join(' ', element.Attributes.Select(attribute => $"{attribute.Name}=\"{attribute.Value}\"").Prepend(element.LocalName))}>";
        var all = text.Length == 0 ? tag : $"{tag}{text}";
        return all.Length <= MaxDescribed ? all : all[..MaxDescribed] + "...";
    }

    private string? FieldText => _element switch
    {
        IHtmlInputElement { Type: "checkbox" or "radio" } input => input.GetAttribute("value") ?? "on",
        IHtmlInputElement input => input.Value,
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement select => select.Value ?? "",
        _ => _element.GetAttribute("value"),
    };

    private string? DisabledBy
    {
        get
        {
            if (_element.HasAttribute("disabled") && _element.LocalName is "button" or "input" or "select" or "textarea" or "option" or "fieldset")
            {
                return "it is disabled";
            }

            for (var parent = _element.ParentElement; parent is not null; parent = parent.ParentElement)
            {
                // What is in the legend of a disabled fieldset can still be used.
                if (parent is { LocalName: "fieldset" } && parent.HasAttribute("disabled") && _element.LocalName is "button" or "input" or "select" or "textarea"
                    && parent.Children.FirstOrDefault(child => child.LocalName == "legend")?.Contains(_element) != true)
                {
                    return "the fieldset around it is disabled";
                }
            }

            return null;
        }
    }

    private string? InertBy => _element.Closest("[inert]") is { } inert ? inert == _element ? "it is inert" : $"<{inert.LocalName}> around it is inert" : null;

    private ComponentPageException Refuse(string why) => _page.Refusal($"{Describe(_element)} {why}.");

    /// <summary>Throws when a person could not use the element.</summary>
    private void Require(string action) => _page.Read(() =>
    {
        var obstacle = !_page.Tree.Document.Contains(_element) ? "it is gone from the page: find it again"
            : Accessibility.HiddenBy(_element) ?? InertBy ?? DisabledBy;
        return obstacle is null ? true : throw Refuse($"cannot be {action}: {obstacle}");
    });
}
