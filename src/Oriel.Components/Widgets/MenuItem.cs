using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace Oriel.Components.Widgets;

/// <summary>An item of a menu.</summary>
public sealed class MenuItem : Widget
{
    /// <summary>What it says.</summary>
    [Parameter]
    [EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>The keys that do the same, such as <c>Ctrl+S</c>: shown, but handled by the application.</summary>
    [Parameter]
    public string? Shortcut { get; set; }

    /// <summary>Whether it is ticked; null for an item that cannot be.</summary>
    [Parameter]
    public bool? Checked { get; set; }

    /// <summary>Whether it cannot be chosen.</summary>
    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>Told when it is chosen.</summary>
    [Parameter]
    public EventCallback OnClick { get; set; }

    [CascadingParameter]
    private MenuContext? Menu { get; set; }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "button");
        AddCommon(builder, 1, "o-menu-item");
        builder.AddAttribute(6, "type", "button");
        builder.AddAttribute(7, "role", Checked is null ? "menuitem" : "menuitemcheckbox");
        builder.AddAttribute(8, "tabindex", "-1");
        if (Checked is { } isChecked)
        {
            builder.AddAttribute(9, "aria-checked", isChecked ? "true" : "false");
        }

        if (Disabled)
        {
            // Not the attribute of that name: an item that cannot be chosen can still be found by the arrows.
            builder.AddAttribute(10, "aria-disabled", "true");
        }

        if (Shortcut is not null)
        {
            builder.AddAttribute(11, "aria-keyshortcuts", Shortcut.Replace("Ctrl", "Control", StringComparison.Ordinal));
        }

        builder.AddAttribute(12, "onclick", EventCallback.Factory.Create<MouseEventArgs>(this, ChooseAsync));
        builder.OpenElement(13, "span");
        builder.AddAttribute(14, "class", "o-menu-text");
        builder.AddContent(15, Text);
        builder.CloseElement();
        if (Shortcut is not null)
        {
            builder.OpenElement(16, "span");
            builder.AddAttribute(17, "class", "o-shortcut");
            builder.AddAttribute(18, "aria-hidden", "true");
            builder.AddContent(19, Shortcut);
            builder.CloseElement();
        }

        builder.CloseElement();
    }

    private async Task ChooseAsync()
    {
        if (Disabled)
        {
            return;
        }

        // Closed first: what the item does may open a dialog, which then keeps the focus.
        if (Menu is not null)
        {
            await Menu.CloseAsync(true);
        }

        await OnClick.InvokeAsync();
    }
}
