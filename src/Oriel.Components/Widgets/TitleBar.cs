using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Oriel.Components.Widgets;

/// <summary>The title bar of a window without decorations (<see cref="WindowOptions.IsDecorated"/>).</summary>
/// <remarks>Served to a browser it shows its title alone: there is no window to act on.</remarks>
public sealed class TitleBar : Widget, IDisposable
{
    private Window? _window;

    /// <summary>What it says.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>What stands beside the title, such as a <see cref="MenuBar"/>.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>Whether the window can be minimized.</summary>
    [Parameter]
    public bool CanMinimize { get; set; } = true;

    /// <summary>Whether the window can be maximized.</summary>
    [Parameter]
    public bool CanMaximize { get; set; } = true;

    /// <summary>Asked to close instead of the window being closed.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    private bool IsMaximized => _window?.State == WindowState.Maximized;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _window = Services.GetService<SessionContext>()?.Window;
        if (_window is not null)
        {
            _window.StateChanged += OnStateChanged;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_window is not null)
        {
            _window.StateChanged -= OnStateChanged;
        }
    }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "header");
        AddCommon(builder, 1, "o-titlebar");
        builder.OpenElement(6, "div");
        builder.AddAttribute(7, "class", "o-titlebar-title");
        if (_window is not null && CanMaximize)
        {
            builder.AddAttribute(8, "ondblclick", EventCallback.Factory.Create<MouseEventArgs>(this, ToggleMaximized));
        }

        builder.AddContent(9, Title);
        builder.CloseElement();
        builder.AddContent(10, ChildContent);
        if (_window is not null || OnClose.HasDelegate)
        {
            builder.OpenElement(11, "div");
            builder.AddAttribute(12, "class", "o-titlebar-buttons");
            BuildButtons(builder);
            builder.CloseElement();
        }

        builder.CloseElement();
    }

    private void BuildButtons(RenderTreeBuilder builder)
    {
        if (_window is { } window)
        {
            if (CanMinimize)
            {
                BuildButton(builder, 0, "minimize", "Minimize", () => window.State = WindowState.Minimized);
            }

            if (CanMaximize)
            {
                BuildButton(builder, 1, IsMaximized ? "restore" : "maximize", IsMaximized ? "Restore" : "Maximize", ToggleMaximized);
            }
        }

        BuildButton(builder, 2, "close", "Close", CloseAsync);
    }

    private void BuildButton(RenderTreeBuilder builder, int place, string kind, string label, Action act) => BuildButton(builder, place, kind, label, () =>
    {
        act();
        return Task.CompletedTask;
    });

    private void BuildButton(RenderTreeBuilder builder, int place, string kind, string label, Func<Task> act)
    {
        builder.OpenElement(13, "button");
        // Not by its label, which changes under the focus.
        builder.SetKey(place);
        builder.AddAttribute(14, "type", "button");
        builder.AddAttribute(15, "class", $"o-window-button o-window-{kind}");
        builder.AddAttribute(16, "aria-label", label);
        builder.AddAttribute(17, "onclick", EventCallback.Factory.Create<MouseEventArgs>(this, act));
        builder.CloseElement();
    }

    private void ToggleMaximized() => _window!.State = IsMaximized ? WindowState.Normal : WindowState.Maximized;

    private Task CloseAsync()
    {
        if (OnClose.HasDelegate)
        {
            return OnClose.InvokeAsync();
        }

        _window?.Close();
        return Task.CompletedTask;
    }

    private void OnStateChanged(object? sender, EventArgs e) => _ = InvokeAsync(StateHasChanged);
}
