using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components;

/// <summary>Shows a row for each item of a list.</summary>
internal sealed class ListComponent<T> : ComponentBase
{
    private readonly RowList<T> _rows = new();
    private ListState<T>? _list;
    private bool _hasNewParameters;

    [Parameter]
    public ListState<T>? List { get; set; }

    [Parameter]
    public Func<IEnumerable<T>>? Items { get; set; }

    [Parameter, EditorRequired]
    public required Func<T, object> Key { get; set; }

    [Parameter, EditorRequired]
    public required Func<T, View> Row { get; set; }

    protected override void OnParametersSet()
    {
        _hasNewParameters = true;
        if (!ReferenceEquals(_list, List))
        {
            // Versions of another list mean nothing.
            _list = List;
            _rows.Version = -1;
        }
    }

    // An item in the place of an older one concerns its row alone.
    protected override bool ShouldRender()
    {
        try
        {
            return _hasNewParameters || List is null || !_rows.TryReplace(List, Key);
        }
        catch (Exception)
        {
            // The function of the keys has failed: it does so again in the render, whose exceptions a boundary catches.
            return true;
        }
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        _hasNewParameters = false;
        if (List is not null)
        {
            _rows.Update(List.Read(_rows.Version), Key);
        }
        else
        {
            _rows.Update(Items?.Invoke() ?? [], Key);
        }

        foreach (var row in _rows.Rows)
        {
            builder.OpenComponent<RowComponent<T>>(0);
            builder.SetKey(row.Key);
            builder.AddComponentParameter(1, nameof(RowComponent<>.State), row);
            builder.AddComponentParameter(2, nameof(RowComponent<>.View), Row);
            builder.CloseComponent();
        }
    }
}
