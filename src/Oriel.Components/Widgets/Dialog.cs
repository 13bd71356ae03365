using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace Oriel.Components.Widgets;

/// <summary>A question with two answers.</summary>
public sealed class Dialog : Widget
{
    /// <summary>Whether it is asked.</summary>
    [Parameter]
    public bool Open { get; set; }

    /// <summary>Told when it was answered, or dismissed.</summary>
    [Parameter]
    public EventCallback<bool> OpenChanged { get; set; }

    /// <summary>The question, in a few words.</summary>
    [Parameter]
    [EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>What follows from each answer.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>What the button says that agrees: a verb.</summary>
    [Parameter]
    public string ConfirmText { get; set; } = "OK";

    /// <summary>What the button says that does not; none when null.</summary>
    [Parameter]
    public string? CancelText { get; set; } = "Cancel";

    /// <summary>Whether agreeing destroys something.</summary>
    [Parameter]
    public bool Destructive { get; set; }

    /// <summary>Told when a person agrees.</summary>
    [Parameter]
    public EventCallback OnConfirm { get; set; }

    /// <summary>Told when a person does not.</summary>
    [Parameter]
    public EventCallback OnCancel { get; set; }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenComponent<Modal>(0);
        builder.AddMultipleAttributes(1, Attributes);
        builder.AddComponentParameter(2, nameof(Id), Id);
        builder.AddComponentParameter(3, nameof(Class), Class is null ? "o-dialog" : $"o-dialog {Class}");
        builder.AddComponentParameter(4, nameof(Style), Style);
        builder.AddComponentParameter(5, nameof(Modal.Open), Open);
        builder.AddComponentParameter(6, nameof(Modal.OpenChanged), EventCallback.Factory.Create<bool>(this, () => AnswerAsync(OnCancel)));
        builder.AddComponentParameter(7, nameof(Modal.Title), Title);
        builder.AddComponentParameter(8, nameof(Modal.Alert), true);
        builder.AddComponentParameter(9, nameof(Modal.Dismissible), CancelText is not null);
        builder.AddComponentParameter(10, nameof(Modal.CloseLabel), CancelText ?? ConfirmText);
        builder.AddComponentParameter(11, nameof(Modal.ChildContent), ChildContent);
        builder.AddComponentParameter(12, nameof(Modal.Actions), (RenderFragment)BuildActions);
        builder.CloseComponent();
    }

    private void BuildActions(RenderTreeBuilder builder)
    {
        // First, so that the answer which destroys nothing has the focus.
        if (CancelText is not null)
        {
            BuildAnswer(builder, CancelText, ButtonVariant.Secondary, OnCancel);
        }

        BuildAnswer(builder, ConfirmText, Destructive ? ButtonVariant.Danger : ButtonVariant.Primary, OnConfirm);
    }

    private void BuildAnswer(RenderTreeBuilder builder, string text, ButtonVariant variant, EventCallback told)
    {
        builder.OpenComponent<Button>(0);
        builder.SetKey(text);
        builder.AddComponentParameter(1, nameof(Button.Variant), variant);
        builder.AddComponentParameter(2, nameof(Button.OnClick), EventCallback.Factory.Create<MouseEventArgs>(this, () => AnswerAsync(told)));
        builder.AddComponentParameter(3, nameof(Button.ChildContent), (RenderFragment)(content => content.AddContent(0, text)));
        builder.CloseComponent();
    }

    private async Task AnswerAsync(EventCallback told)
    {
        Open = false;
        await OpenChanged.InvokeAsync(false);
        await told.InvokeAsync();
    }
}
