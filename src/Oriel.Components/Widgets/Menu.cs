using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace Oriel.Components.Widgets;

/// <summary>A button that opens a menu, alone or in a <see cref="MenuBar"/>. What is inside are <see cref="MenuItem"/>s.</summary>
public sealed class Menu : Widget, IDisposable
{
    private readonly MenuContext _context;
    private ElementReference _button;
    private bool _isOpen;

    /// <summary>Makes a menu.</summary>
    public Menu() => _context = new MenuContext(CloseAsync);

    /// <summary>What the button says.</summary>
    [Parameter]
    [EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>Whether it cannot be opened.</summary>
    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>The items.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [CascadingParameter]
    private MenuBar? Bar { get; set; }

    private protected override bool NeedsId => true;

    /// <inheritdoc/>
    protected override void OnParametersSet() => Bar?.Follow(this);

    /// <inheritdoc/>
    public void Dispose() => Bar?.Leave(this);

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "div");
        builder.AddAttribute(1, "class", "o-menu-holder");
        if (Bar is not null)
        {
            builder.AddAttribute(2, "role", "none");
        }

        builder.OpenElement(3, "button");
        AddCommon(builder, 4, Bar is null ? "o-button o-button-secondary o-menu-button" : "o-menubar-item");
        builder.AddAttribute(9, "type", "button");
        if (Bar is not null)
        {
            builder.AddAttribute(10, "role", "menuitem");
            builder.AddAttribute(11, "tabindex", Bar.IsStop(this) ? "0" : "-1");
        }

        builder.AddAttribute(12, "aria-haspopup", "menu");
        builder.AddAttribute(13, "aria-expanded", _isOpen ? "true" : "false");
        builder.AddAttribute(14, "disabled", Disabled);
        builder.AddAttribute(15, "onclick", EventCallback.Factory.Create<MouseEventArgs>(this, ToggleAsync));
        builder.AddAttribute(16, "onkeydown", EventCallback.Factory.Create<KeyboardEventArgs>(this, OnKey));
        if (Bar is not null)
        {
            builder.AddAttribute(17, "onfocus", EventCallback.Factory.Create<FocusEventArgs>(this, () => Bar.MoveStop(this)));
        }

        builder.AddElementReferenceCapture(18, reference => _button = reference);
        builder.AddContent(19, Title);
        builder.CloseElement();
        if (_isOpen)
        {
            builder.OpenComponent<MenuList>(20);
            builder.AddComponentParameter(21, nameof(MenuList.LabelledBy), ElementId);
            builder.AddComponentParameter(22, nameof(MenuList.Menu), _context);
            builder.AddComponentParameter(23, nameof(MenuList.ChildContent), ChildContent);
            builder.CloseComponent();
        }

        builder.CloseElement();
    }

    internal async Task CloseAsync(bool givesBack)
    {
        if (!_isOpen)
        {
            return;
        }

        _isOpen = false;
        Bar?.Closed(this);
        StateHasChanged();
        if (givesBack)
        {
            await PageFocus.CallAsync(Services, "focus", _button);
        }
    }

    /// <summary>Closes it without giving the focus back: another menu has it.</summary>
    internal void Collapse()
    {
        _isOpen = false;
        StateHasChanged();
    }

    /// <summary>Renders it again: another menu of its bar is the stop for the Tab key, or this is.</summary>
    internal void Refresh() => StateHasChanged();

    private Task ToggleAsync()
    {
        if (_isOpen)
        {
            return CloseAsync(true);
        }

        Open();
        return Task.CompletedTask;
    }

    private void OnKey(KeyboardEventArgs key)
    {
        if (key.Key is "ArrowDown" or "ArrowUp")
        {
            Open();
        }
    }

    private void Open()
    {
        if (!Disabled && !_isOpen)
        {
            _isOpen = true;
            Bar?.Opened(this);
        }
    }
}
