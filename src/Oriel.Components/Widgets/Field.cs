using System.Linq.Expressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>A control with its label, a help text, and what is wrong with its value.</summary>
/// <remarks>The control inside finds its id and its descriptions here: nothing has to be connected by hand.</remarks>
public sealed class Field : Widget, IDisposable
{
    private EditContext? _observed;

    /// <summary>The control's name.</summary>
    [Parameter]
    [EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>What to write, in a sentence.</summary>
    [Parameter]
    public string? Help { get; set; }

    /// <summary>What is wrong.</summary>
    [Parameter]
    public string? Error { get; set; }

    /// <summary>The field of an <c>EditForm</c> whose messages are shown.</summary>
    [Parameter]
    public Expression<Func<object?>>? For { get; set; }

    /// <summary>Whether it must be filled.</summary>
    [Parameter]
    public bool Required { get; set; }

    /// <summary>The control.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [CascadingParameter]
    private EditContext? EditContext { get; set; }

    private protected override bool NeedsId => true;

    private string ControlId => ElementId + "-control";

    private string? ShownError => Error ?? (For is null || EditContext is null ? null : EditContext.GetValidationMessages(FieldIdentifier.Create(For)).FirstOrDefault());

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_observed == EditContext)
        {
            return;
        }

        Dispose();
        _observed = EditContext;
        if (_observed is not null)
        {
            _observed.OnValidationStateChanged += OnValidationStateChanged;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_observed is not null)
        {
            _observed.OnValidationStateChanged -= OnValidationStateChanged;
            _observed = null;
        }
    }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var error = ShownError;
        builder.OpenElement(0, "div");
        AddCommon(builder, 1, "o-field");
        builder.OpenComponent<Label>(6);
        builder.AddComponentParameter(7, nameof(Id), Widgets.Label.IdFor(ControlId));
        builder.AddComponentParameter(8, nameof(Widgets.Label.For), ControlId);
        builder.AddComponentParameter(9, nameof(Required), Required);
        builder.AddComponentParameter(10, nameof(ChildContent), (RenderFragment)(content => content.AddContent(0, Label)));
        builder.CloseComponent();

        builder.OpenComponent<CascadingValue<ControlContext>>(11);
        builder.AddComponentParameter(12, nameof(CascadingValue<>.Value), new ControlContext(ControlId, Descriptions(error), error is not null, Required));
        builder.AddComponentParameter(13, nameof(ChildContent), ChildContent);
        builder.CloseComponent();

        if (Help is not null)
        {
            builder.OpenElement(14, "div");
            builder.AddAttribute(15, "id", ControlId + "-help");
            builder.AddAttribute(16, "class", "o-field-help");
            builder.AddContent(17, Help);
            builder.CloseElement();
        }

        // There before there is an error, so that one that appears is read out.
        builder.OpenElement(18, "div");
        builder.AddAttribute(19, "id", ControlId + "-error");
        builder.AddAttribute(20, "class", "o-field-error");
        builder.AddAttribute(21, "aria-live", "polite");
        builder.AddContent(22, error);
        builder.CloseElement();
        builder.CloseElement();
    }

    private string? Descriptions(string? error) => (Help, error) switch
    {
        (null, null) => null,
        (not null, null) => ControlId + "-help",
        (null, not null) => ControlId + "-error",
        _ => $"{ControlId}-error {ControlId}-help",
    };

    private void OnValidationStateChanged(object? sender, ValidationStateChangedEventArgs e) => StateHasChanged();
}
