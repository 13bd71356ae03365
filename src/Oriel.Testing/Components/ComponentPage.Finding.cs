using System.Text.Json;
using AngleSharp.Dom;

namespace Oriel.Testing;

public sealed partial class ComponentPage
{
    private const int MaxListed = 20;

    /// <summary>The one element that a CSS selector matches.</summary>
    /// <exception cref="ComponentPageException">There is none, or more than one.</exception>
    public PageElement Find(string selector) => One($"matches \"{selector}\"", document => document.QuerySelectorAll(selector), "*");

    /// <summary>The elements that a CSS selector matches, in the document's order.</summary>
    public IReadOnlyList<PageElement> FindAll(string selector) =>
        Read(() => _tree.Document.QuerySelectorAll(selector).Select(element => new PageElement(this, element)).ToArray());

    /// <summary>Whether a CSS selector matches anything.</summary>
    public bool Has(string selector) => Read(() => _tree.Document.QuerySelector(selector) is not null);

    /// <summary>The one element of an ARIA role, its own or the one that HTML gives it.</summary>
    /// <param name="role">The role: <c>button</c>, <c>textbox</c>, <c>heading</c>...</param>
    /// <param name="name">Its accessible name; any when null.</param>
    /// <exception cref="ComponentPageException">There is none that is not hidden, or more than one.</exception>
    public PageElement ByRole(string role, string? name = null) => One(
        name is null ? $"has the role {role}" : $"has the role {role} and the name \"{name}\"",
        document => document.All.Where(element => Accessibility.RoleOf(element) == role && (name is null || Accessibility.NameOf(element) == name) && !Accessibility.IsHidden(element)),
        "[role],button,a[href],input,select,textarea,h1,h2,h3,h4,h5,h6,dialog,table,ul,ol,nav,main");

    /// <summary>The one form element with a label.</summary>
    /// <exception cref="ComponentPageException">There is none, or more than one.</exception>
    public PageElement ByLabel(string label) => One(
        $"is labelled \"{label}\"",
        document => document.QuerySelectorAll("input,select,textarea,button,meter,output,progress,[role]").Where(element => Accessibility.LabelOf(element) == label),
        "label,[aria-label]");

    /// <summary>The one element whose text is this, the innermost where elements nest.</summary>
    /// <exception cref="ComponentPageException">There is none, or more than one.</exception>
    public PageElement ByText(string text) => One(
        $"has the text \"{text}\"",
        document => document.Body!.QuerySelectorAll("*").Where(element => Accessibility.TextOf(element) == text && !element.Children.Any(child => Accessibility.TextOf(child) == text)),
        "*");

    internal PageElement Referenced(JsonElement reference) => Read(() =>
        reference.TryGetProperty("__internalId", out var id) && _tree.FindReferenced(id.GetString()!) is { } element
            ? new PageElement(this, element)
            : throw Refusal($"The argument {reference.GetRawText()} refers to no element of the page."));

    private PageElement One(string what, Func<IDocument, IEnumerable<IElement>> find, string alternatives) => Read(() =>
    {
        var found = find(_tree.Document).ToArray();
        return found.Length switch
        {
            1 => new PageElement(this, found[0]),
            0 => throw Refusal($"No element {what}. There are: {List(_tree.Document.Body!.QuerySelectorAll(alternatives))}"),
            _ => throw Refusal($"{found.Length} elements instead of one: each {what}: {List(found)}"),
        };
    });

    private static string List(IEnumerable<IElement> elements)
    {
        var listed = elements.Take(MaxListed + 1).Select(PageElement.Describe).ToArray();
        return listed.Length == 0 ? "none of the kind." : string.Join(", ", listed.Take(MaxListed)) + (listed.Length > MaxListed ? ", ..." : ".");
    }
}
