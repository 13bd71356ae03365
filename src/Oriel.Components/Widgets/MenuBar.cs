using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>The menus of an application. What is inside are <see cref="Menu"/>s.</summary>
/// <remarks>One stop for the Tab key: arrows move between the menus, and open the next one when one is open.</remarks>
public sealed class MenuBar : Widget
{
    private Menu? _first;
    private Menu? _open;

    /// <summary>What the menus are about, for people who cannot see them.</summary>
    [Parameter]
    public string Label { get; set; } = "Menu";

    /// <summary>The menus.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    internal bool IsFirst(Menu menu) => (_first ??= menu) == menu;

    // One is open at a time.
    internal void Opened(Menu menu)
    {
        _open?.Collapse();
        _open = menu;
    }

    internal void Closed(Menu menu)
    {
        if (_open == menu)
        {
            _open = null;
        }
    }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "div");
        AddCommon(builder, 1, "o-menubar");
        builder.AddAttribute(6, "role", "menubar");
        builder.AddAttribute(7, "aria-label", Label);
        builder.AddAttribute(8, "data-oriel-keys", "menubar");
        builder.OpenComponent<CascadingValue<MenuBar>>(9);
        builder.AddComponentParameter(10, nameof(CascadingValue<>.Value), this);
        builder.AddComponentParameter(11, nameof(CascadingValue<>.IsFixed), true);
        builder.AddComponentParameter(12, nameof(ChildContent), ChildContent);
        builder.CloseComponent();
        builder.CloseElement();
    }
}
