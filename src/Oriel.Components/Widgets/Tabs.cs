using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>Shows one of several panels. What is inside are <see cref="Tab"/>s.</summary>
/// <remarks>One stop for the Tab key: arrows, Home and End move between the tabs, which the page's script does.</remarks>
public sealed class Tabs : Widget
{
    private readonly List<Tab> _tabs = [];
    private string? _active;
    private string? _given;

    /// <summary>The <see cref="Tab.Name"/> of the tab whose panel is shown; the first when null.</summary>
    [Parameter]
    public string? Active { get; set; }

    /// <summary>Told when another is chosen.</summary>
    [Parameter]
    public EventCallback<string?> ActiveChanged { get; set; }

    /// <summary>What the tabs are about, for people who cannot see them.</summary>
    [Parameter]
    public string? Label { get; set; }

    /// <summary>The tabs.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private protected override bool NeedsId => true;

    internal Tab? Shown => _tabs.Find(tab => tab.Key == _active) ?? _tabs.Find(static tab => !tab.Disabled);

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        // A parameter that stays the same does not take back what was chosen.
        if (Active != _given)
        {
            _given = _active = Active;
        }
    }

    internal void Add(Tab tab)
    {
        if (_tabs.Exists(other => other.Key == tab.Key))
        {
            throw new ArgumentException($"Two tabs are called \"{tab.Key}\". Give each a Name of its own.");
        }

        _tabs.Add(tab);
        StateHasChanged();
    }

    internal void Remove(Tab tab)
    {
        _tabs.Remove(tab);
        StateHasChanged();
    }

    internal void Refresh() => StateHasChanged();

    internal string TabId(Tab tab) => $"{ElementId}-tab-{tab.Number}";

    internal string PanelId(Tab tab) => $"{ElementId}-panel-{tab.Number}";

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var shown = Shown;
        builder.OpenElement(0, "div");
        AddCommon(builder, 1, "o-tabs");
        builder.OpenElement(6, "div");
        builder.AddAttribute(7, "class", "o-tablist");
        builder.AddAttribute(8, "role", "tablist");
        builder.AddAttribute(9, "data-oriel-keys", "tabs");
        if (Label is not null)
        {
            builder.AddAttribute(10, "aria-label", Label);
        }

        foreach (var tab in _tabs)
        {
            BuildTab(builder, tab, tab == shown);
        }

        builder.CloseElement();
        builder.OpenComponent<CascadingValue<TabsState>>(30);
        builder.AddComponentParameter(31, nameof(CascadingValue<>.Value), new TabsState(this, shown));
        builder.AddComponentParameter(32, nameof(ChildContent), ChildContent);
        builder.CloseComponent();
        builder.CloseElement();
    }

    private void BuildTab(RenderTreeBuilder builder, Tab tab, bool isShown)
    {
        builder.OpenElement(11, "button");
        builder.SetKey(tab);
        builder.AddAttribute(12, "type", "button");
        builder.AddAttribute(13, "class", "o-tab");
        builder.AddAttribute(14, "role", "tab");
        builder.AddAttribute(15, "id", TabId(tab));
        builder.AddAttribute(16, "aria-controls", PanelId(tab));
        builder.AddAttribute(17, "aria-selected", isShown ? "true" : "false");
        builder.AddAttribute(18, "tabindex", isShown ? "0" : "-1");
        builder.AddAttribute(19, "disabled", tab.Disabled);
        builder.AddAttribute(20, "onclick", EventCallback.Factory.Create(this, () => ChooseAsync(tab)));
        builder.AddContent(21, tab.Title);
        builder.CloseElement();
    }

    private Task ChooseAsync(Tab tab)
    {
        if (tab.Disabled || tab == Shown)
        {
            return Task.CompletedTask;
        }

        _active = tab.Key;
        return ActiveChanged.InvokeAsync(_active);
    }
}
