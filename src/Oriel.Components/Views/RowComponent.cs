using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components;

/// <summary>Shows a row of a list.</summary>
internal sealed class RowComponent<T> : ComponentBase, IDisposable
{
    private readonly Lifetime _lifetime = new();

    [Parameter, EditorRequired]
    public required RowState<T> State { get; set; }

    [Parameter, EditorRequired]
    public required Func<T, View> View { get; set; }

    public void Dispose() => _lifetime.End();

    // The list is rendered when rows come, go or move, and sets the parameters of all: those that stay have nothing to do.
    public override Task SetParametersAsync(ParameterView parameters)
    {
        var isSame = parameters.TryGetValue<RowState<T>>(nameof(State), out var state) && ReferenceEquals(state, State) &&
            parameters.TryGetValue<Func<T, View>>(nameof(View), out var view) && ReferenceEquals(view, View);
        return isSame ? Task.CompletedTask : base.SetParametersAsync(parameters);
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        _lifetime.Begin();
        try
        {
            View(State.Item.Value).Render(builder);
        }
        finally
        {
            _lifetime.Leave();
        }
    }
}
