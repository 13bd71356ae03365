using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Routing;

namespace Oriel.Components.Widgets;

/// <summary>A place of the application, in a <see cref="Sidebar"/>. That of the page that is shown is marked.</summary>
public sealed class SidebarItem : Widget, IDisposable
{
    private bool _isCurrent;

    /// <summary>The page's address.</summary>
    [Parameter]
    [EditorRequired]
    public string Href { get; set; } = "";

    /// <summary>Whether pages below the address count as the page; by default the page alone does.</summary>
    [Parameter]
    public bool IncludesBelow { get; set; }

    /// <summary>What it says.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    /// <inheritdoc/>
    protected override void OnParametersSet() => _isCurrent = IsCurrent();

    /// <inheritdoc/>
    public void Dispose() => Navigation.LocationChanged -= OnLocationChanged;

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "li");
        builder.OpenElement(1, "a");
        AddCommon(builder, 2, "o-sidebar-item");
        if (CheckedLink(Href) is { } address)
        {
            builder.AddAttribute(7, "href", address);
        }

        if (_isCurrent)
        {
            builder.AddAttribute(8, "aria-current", "page");
        }

        builder.AddContent(9, ChildContent);
        builder.CloseElement();
        builder.CloseElement();
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        if (_isCurrent != IsCurrent())
        {
            _isCurrent = !_isCurrent;
            StateHasChanged();
        }
    }

    private bool IsCurrent()
    {
        if (!Uri.TryCreate(new Uri(Navigation.BaseUri), Href, out var target))
        {
            return false;
        }

        var here = new Uri(Navigation.Uri).GetLeftPart(UriPartial.Path).TrimEnd('/');
        var there = target.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return here.Equals(there, StringComparison.OrdinalIgnoreCase)
            || (IncludesBelow && here.StartsWith(there + "/", StringComparison.OrdinalIgnoreCase));
    }
}
