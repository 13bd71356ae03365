using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace Oriel.Components.Widgets;

/// <summary>The items of an open menu. It has the focus from when it appears until it closes.</summary>
/// <remarks>
/// Escape, Tab and a click beside it close it here; arrows, Home, End and the first letters of an item move the focus, which the page's
/// script does because it must keep the page from scrolling.
/// </remarks>
internal sealed class MenuList : Widget
{
    private ElementReference _menu;

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Parameter]
    public string? LabelledBy { get; set; }

    [Parameter]
    public string? Label { get; set; }

    /// <summary>Where it appears, in pixels of the window; below its button when null.</summary>
    [Parameter]
    public (double X, double Y)? Place { get; set; }

    [Parameter]
    [EditorRequired]
    public MenuContext Menu { get; set; } = null!;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await PageFocus.CallAsync(Services, "openMenu", _menu, Place?.X, Place?.Y);
        }
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "div");
        builder.AddAttribute(1, "class", "o-scrim");
        builder.AddAttribute(2, "aria-hidden", "true");
        builder.AddAttribute(3, "onclick", EventCallback.Factory.Create(this, () => Menu.CloseAsync(true)));
        builder.AddAttribute(4, "oncontextmenu", EventCallback.Factory.Create(this, () => Menu.CloseAsync(true)));
        builder.AddEventPreventDefaultAttribute(5, "oncontextmenu", true);
        builder.CloseElement();

        builder.OpenElement(6, "div");
        AddCommon(builder, 7, Place is null ? "o-menu" : "o-menu o-menu-placed");
        builder.AddAttribute(12, "role", "menu");
        builder.AddAttribute(13, "tabindex", "-1");
        builder.AddAttribute(14, "data-oriel-keys", "menu");
        if (LabelledBy is not null)
        {
            builder.AddAttribute(15, "aria-labelledby", LabelledBy);
        }
        else if (Label is not null)
        {
            builder.AddAttribute(16, "aria-label", Label);
        }

        builder.AddAttribute(17, "onkeydown", EventCallback.Factory.Create<KeyboardEventArgs>(this, OnKeyAsync));
        builder.AddElementReferenceCapture(18, reference => _menu = reference);
        builder.OpenComponent<CascadingValue<MenuContext>>(19);
        builder.AddComponentParameter(20, nameof(CascadingValue<>.Value), Menu);
        builder.AddComponentParameter(21, nameof(ChildContent), ChildContent);
        builder.CloseComponent();
        builder.CloseElement();
    }

    private Task OnKeyAsync(KeyboardEventArgs key) => key.Key switch
    {
        "Escape" => Menu.CloseAsync(true),
        // The focus is where Tab has taken it by now.
        "Tab" => Menu.CloseAsync(false),
        _ => Task.CompletedTask,
    };
}
