using Oriel;
using Oriel.Components;
using static Oriel.Components.UI;

namespace WidgetBook.Examples;

/// <summary>A button in plain C#: the text follows the state.</summary>
public sealed class ButtonCode : CodeExample
{
    private readonly State<int> _clicks = new(0);

    /// <inheritdoc/>
    protected override View Build() =>
        HStack(
            Button(() => $"Clicked {_clicks.Value} times").Primary().OnClick(() => _clicks.Value++),
            Button("Start again").OnClick(() => _clicks.Value = 0));
}
