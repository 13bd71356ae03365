using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace Oriel.Components.Widgets;

/// <summary>A window within the page: while it is open, nothing else can be used.</summary>
/// <remarks>
/// A native <c>dialog</c>: it keeps the focus, closes by Escape and by a click beside it unless it may not be dismissed, and gives the
/// focus back. What is inside exists only while it is open.
/// </remarks>
public sealed class Modal : Widget
{
    private ElementReference _dialog;
    private bool _isShown;

    /// <summary>Whether it is open.</summary>
    [Parameter]
    public bool Open { get; set; }

    /// <summary>Told when it is closed.</summary>
    [Parameter]
    public EventCallback<bool> OpenChanged { get; set; }

    /// <summary>What it is about.</summary>
    [Parameter]
    [EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>What is inside.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>What a person can do, such as buttons.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    /// <summary>Whether it closes without a decision: by Escape, by its close button and by a click beside it.</summary>
    [Parameter]
    public bool Dismissible { get; set; } = true;

    /// <summary>What the close button says.</summary>
    [Parameter]
    public string CloseLabel { get; set; } = "Close";

    /// <summary>Whether it interrupts with something that needs an answer: then its text is read out.</summary>
    [Parameter]
    public bool Alert { get; set; }

    private protected override bool NeedsId => true;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Open != _isShown)
        {
            _isShown = Open;
            await PageFocus.CallAsync(Services, Open ? "showModal" : "closeModal", _dialog);
        }
    }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "dialog");
        AddCommon(builder, 1, "o-modal");
        builder.AddAttribute(6, "role", Alert ? "alertdialog" : "dialog");
        builder.AddAttribute(7, "aria-modal", "true");
        builder.AddAttribute(8, "aria-labelledby", ElementId + "-title");
        if (Alert)
        {
            builder.AddAttribute(9, "aria-describedby", ElementId + "-body");
        }

        if (Open)
        {
            // The page's script reads it: a dialog that something else closes while it is there is shown again.
            builder.AddAttribute(10, "data-oriel-open", true);
        }

        builder.AddElementReferenceCapture(11, reference => _dialog = reference);
        if (Open)
        {
            BuildContent(builder);
        }

        builder.CloseElement();
    }

    private void BuildContent(RenderTreeBuilder builder)
    {
        builder.OpenElement(12, "header");
        builder.AddAttribute(13, "class", "o-modal-header");
        builder.OpenElement(14, "h2");
        builder.AddAttribute(15, "id", ElementId + "-title");
        builder.AddAttribute(16, "class", "o-modal-title");
        builder.AddContent(17, Title);
        builder.CloseElement();
        if (Dismissible)
        {
            builder.OpenElement(18, "button");
            builder.AddAttribute(19, "type", "button");
            builder.AddAttribute(20, "class", "o-close");
            builder.AddAttribute(21, "aria-label", CloseLabel);
            builder.AddAttribute(22, "data-oriel-close", true);
            builder.AddAttribute(23, "onclick", EventCallback.Factory.Create<MouseEventArgs>(this, CloseAsync));
            builder.CloseElement();
        }

        builder.CloseElement();
        builder.OpenElement(24, "div");
        builder.AddAttribute(25, "id", ElementId + "-body");
        builder.AddAttribute(26, "class", "o-modal-body");
        builder.AddContent(27, ChildContent);
        builder.CloseElement();
        if (Actions is not null)
        {
            builder.OpenElement(28, "footer");
            builder.AddAttribute(29, "class", "o-modal-actions");
            builder.AddContent(30, Actions);
            builder.CloseElement();
        }
    }

    private Task CloseAsync()
    {
        Open = false;
        return OpenChanged.InvokeAsync(false);
    }
}
