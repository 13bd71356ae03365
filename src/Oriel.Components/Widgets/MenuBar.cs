using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>The menus of an application. What is inside are <see cref="Menu"/>s.</summary>
/// <remarks>One stop for the Tab key: arrows move between the menus, and open the next one when one is open.</remarks>
public sealed class MenuBar : Widget
{
    private readonly List<Menu> _menus = [];
    private Menu? _stop;
    private Menu? _open;

    /// <summary>What the menus are about, for people who cannot see them.</summary>
    [Parameter]
    public string Label { get; set; } = "Menu";

    /// <summary>The menus.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    internal bool IsStop(Menu menu) => _stop == menu;

    /// <summary>A menu is there, or can be used or not from now on.</summary>
    internal void Follow(Menu menu)
    {
        if (!_menus.Contains(menu))
        {
            _menus.Add(menu);
        }

        FindStop();
    }

    internal void Leave(Menu menu)
    {
        Closed(menu);
        _menus.Remove(menu);
        if (_stop == menu)
        {
            _stop = null;
            FindStop();
        }
    }

    /// <summary>The Tab key comes back to where the focus was.</summary>
    internal void MoveStop(Menu menu)
    {
        if (_stop == menu)
        {
            return;
        }

        var before = _stop;
        _stop = menu;
        before?.Refresh();
        menu.Refresh();
    }

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

    private void FindStop()
    {
        if (_stop is null or { Disabled: true } && _menus.Find(static menu => !menu.Disabled) is { } usable)
        {
            MoveStop(usable);
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
