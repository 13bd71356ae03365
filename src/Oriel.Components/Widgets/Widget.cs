using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace Oriel.Components.Widgets;

/// <summary>What all widgets have: an id, classes, checked styles, and attributes that are passed on to the element.</summary>
/// <remarks>
/// Nothing that a widget is given can become script: text is text, an attribute that would run something is refused, an address and
/// a style are checked. What is refused throws in development, and is left out otherwise.
/// </remarks>
public abstract class Widget : ComponentBase
{
    private string? _generatedId;

    /// <summary>The element's id; one of its own where the widget needs one and none is given.</summary>
    [Parameter]
    public string? Id { get; set; }

    /// <summary>CSS classes, added to those of the widget.</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <summary>Declarations of CSS, such as <c>margin-top: 4px</c>; values that load or run something are refused.</summary>
    [Parameter]
    public string? Style { get; set; }

    /// <summary>Further attributes of the element. Scripts (<c>on...</c> as text, <c>srcdoc</c>) and unsafe addresses are refused.</summary>
    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    [Inject]
    private protected IServiceProvider Services { get; set; } = null!;

    private protected string ElementId => Id ?? (_generatedId ??= ElementIds.Next());

    /// <summary>Whether the element needs an id although none was given.</summary>
    private protected virtual bool NeedsId => false;

    private bool IsDevelopment => Services.GetService<ComponentsOptions>()?.IsDevelopment ?? false;

    // Takes five sequence numbers. What was passed on comes first, so that it cannot replace what makes the widget what it is.
    private protected void AddCommon(RenderTreeBuilder builder, int sequence, string classes, string? style = null)
    {
        if (Attributes is { Count: > 0 })
        {
            builder.AddMultipleAttributes(sequence, Attributes.Where(IsAllowed));
        }

        if (Id is not null || NeedsId)
        {
            builder.AddAttribute(sequence + 1, "id", ElementId);
        }

        builder.AddAttribute(sequence + 2, "class", Class is null ? classes : $"{classes} {Class}");
        if (JoinStyles(style, Checked(Style, Markup.FindUnsafeStyle)) is { } styles)
        {
            builder.AddAttribute(sequence + 3, "style", styles);
        }
    }

    private protected string? CheckedLink(string? address) => Checked(address, Markup.FindUnsafeLink);

    private protected string? CheckedImage(string? address) => Checked(address, Markup.FindUnsafeImage);

    private bool IsAllowed(KeyValuePair<string, object> attribute)
    {
        if (Markup.FindUnsafeAttribute(attribute.Key, attribute.Value) is not { } problem)
        {
            return true;
        }

        Refuse(problem);
        return false;
    }

    private string? Checked(string? value, Func<string, string?> findProblem)
    {
        if (value is null || findProblem(value) is not { } problem)
        {
            return value;
        }

        Refuse(problem);
        return null;
    }

    private void Refuse(string problem)
    {
        if (IsDevelopment)
        {
            throw new ArgumentException($"{GetType().Name}: {problem}");
        }
    }

    private static string? JoinStyles(string? own, string? given) => (own, given) switch
    {
        (null or "", _) => string.IsNullOrWhiteSpace(given) ? null : given,
        (_, null or "") => own,
        _ => $"{own}; {given}",
    };
}
