using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace Oriel.Components.Widgets;

/// <summary>Where the messages of <see cref="ToastService"/> appear: once in an application, at the end of its layout.</summary>
public sealed class ToastHost : Widget, IDisposable
{
    /// <summary>What it is called for people who cannot see it.</summary>
    [Parameter]
    public string Label { get; set; } = "Notifications";

    /// <summary>What the buttons say that close a message.</summary>
    [Parameter]
    public string CloseLabel { get; set; } = "Dismiss";

    [Inject]
    private ToastService Toasts { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized() => Toasts.Changed += OnChanged;

    /// <inheritdoc/>
    public void Dispose() => Toasts.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "div");
        AddCommon(builder, 1, "o-toasts");
        builder.AddAttribute(6, "role", "region");
        builder.AddAttribute(7, "aria-label", Label);
        // Here rather than on the messages: what comes together with its text is not read out.
        builder.AddAttribute(8, "aria-live", "polite");
        builder.AddAttribute(9, "onmouseover", EventCallback.Factory.Create<MouseEventArgs>(this, Toasts.Pause));
        builder.AddAttribute(10, "onmouseout", EventCallback.Factory.Create<MouseEventArgs>(this, Toasts.Resume));
        builder.AddAttribute(11, "onfocusin", EventCallback.Factory.Create<FocusEventArgs>(this, Toasts.Pause));
        builder.AddAttribute(12, "onfocusout", EventCallback.Factory.Create<FocusEventArgs>(this, Toasts.Resume));
        foreach (var toast in Toasts.Shown)
        {
            BuildToast(builder, toast);
        }

        builder.CloseElement();
    }

    private void BuildToast(RenderTreeBuilder builder, Toast toast)
    {
        builder.OpenElement(13, "div");
        builder.SetKey(toast.Key);
        builder.AddAttribute(14, "class", $"o-toast o-toast-{toast.Tone.Lower()}");
        builder.AddAttribute(15, "role", toast.Tone == Tone.Danger ? "alert" : null);
        builder.OpenElement(16, "span");
        builder.AddAttribute(17, "class", "o-toast-text");
        builder.AddContent(18, toast.Text);
        builder.CloseElement();
        if (toast.ActionText is not null)
        {
            builder.OpenElement(19, "button");
            builder.AddAttribute(20, "type", "button");
            builder.AddAttribute(21, "class", "o-toast-action");
            builder.AddAttribute(22, "onclick", EventCallback.Factory.Create<MouseEventArgs>(this, () => Act(toast)));
            builder.AddContent(23, toast.ActionText);
            builder.CloseElement();
        }

        builder.OpenElement(24, "button");
        builder.AddAttribute(25, "type", "button");
        builder.AddAttribute(26, "class", "o-close");
        builder.AddAttribute(27, "aria-label", CloseLabel);
        builder.AddAttribute(28, "onclick", EventCallback.Factory.Create<MouseEventArgs>(this, () => Dismiss(toast)));
        builder.CloseElement();
        builder.CloseElement();
    }

    private void Act(Toast toast)
    {
        Dismiss(toast);
        toast.Action?.Invoke();
    }

    private void Dismiss(Toast toast)
    {
        Toasts.Dismiss(toast);

        // The button that had the focus or the pointer goes with it: nothing else tells that it left.
        Toasts.Resume();
    }

    private void OnChanged() => _ = InvokeAsync(StateHasChanged);
}
