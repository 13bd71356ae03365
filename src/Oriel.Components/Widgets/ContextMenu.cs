using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace Oriel.Components.Widgets;

/// <summary>A menu for what is inside: by the right mouse button, by Shift+F10 and by the menu key.</summary>
public sealed class ContextMenu : Widget
{
    private readonly MenuContext _context;
    private ElementReference _holder;
    private (double X, double Y)? _place;

    /// <summary>Makes a menu.</summary>
    public ContextMenu() => _context = new MenuContext(CloseAsync);

    /// <summary>What the menu is for.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>The <see cref="MenuItem"/>s.</summary>
    [Parameter]
    [EditorRequired]
    public RenderFragment? Items { get; set; }

    /// <summary>What the menu is called for people who cannot see it.</summary>
    [Parameter]
    public string Label { get; set; } = "Actions";

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "div");
        AddCommon(builder, 1, "o-context");
        builder.AddAttribute(6, "tabindex", "0");
        builder.AddAttribute(7, "oncontextmenu", EventCallback.Factory.Create<MouseEventArgs>(this, Open));
        builder.AddEventPreventDefaultAttribute(8, "oncontextmenu", true);
        builder.AddAttribute(9, "onkeydown", EventCallback.Factory.Create<KeyboardEventArgs>(this, OnKey));
        builder.AddElementReferenceCapture(10, reference => _holder = reference);
        builder.AddContent(11, ChildContent);
        builder.CloseElement();
        if (_place is { } place)
        {
            builder.OpenComponent<MenuList>(12);
            builder.AddComponentParameter(13, nameof(MenuList.Label), Label);
            builder.AddComponentParameter(14, nameof(MenuList.Place), ((double, double)?)place);
            builder.AddComponentParameter(15, nameof(MenuList.Menu), _context);
            builder.AddComponentParameter(16, nameof(MenuList.ChildContent), Items);
            builder.CloseComponent();
        }
    }

    private void Open(MouseEventArgs click) => _place = (click.ClientX, click.ClientY);

    private void OnKey(KeyboardEventArgs key)
    {
        // The page's script puts a menu without a place beside what it is for.
        if (key.Key == "ContextMenu" || key is { Key: "F10", ShiftKey: true })
        {
            _place ??= (0, 0);
        }
    }

    private async Task CloseAsync(bool givesBack)
    {
        _place = null;
        StateHasChanged();
        if (givesBack)
        {
            await PageFocus.CallAsync(Services, "focus", _holder);
        }
    }
}
