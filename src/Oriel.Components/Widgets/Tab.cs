using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>A panel of <see cref="Tabs"/>, and what its tab says.</summary>
public sealed class Tab : Widget, IDisposable
{
    private static int s_last;

    private (string, bool)? _told;

    /// <summary>What the tab says.</summary>
    [Parameter]
    [EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>What tells it from the others; its title when null.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>Whether it cannot be chosen.</summary>
    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>The panel. It is there only while it is shown.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [CascadingParameter]
    private TabsState? State { get; set; }

    internal string Key => Name ?? Title;

    internal int Number { get; } = Interlocked.Increment(ref s_last);

    private Tabs Owner => State?.Owner ?? throw new InvalidOperationException("A Tab stands inside Tabs.");

    /// <inheritdoc/>
    protected override void OnInitialized() => Owner.Add(this);

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_told is not null && _told != (Title, Disabled))
        {
            Owner.Refresh();
        }

        _told = (Title, Disabled);
    }

    /// <inheritdoc/>
    public void Dispose() => State?.Owner.Remove(this);

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var isShown = Owner.Shown == this;
        builder.OpenElement(0, "div");
        builder.AddAttribute(1, "role", "tabpanel");
        builder.AddAttribute(2, "aria-labelledby", Owner.TabId(this));
        builder.AddAttribute(3, "tabindex", "0");
        AddCommon(builder, 4, "o-tabpanel");
        builder.AddAttribute(9, "id", Owner.PanelId(this));
        if (isShown)
        {
            builder.AddContent(10, ChildContent);
        }
        else
        {
            builder.AddAttribute(11, "hidden", true);
        }

        builder.CloseElement();
    }
}
