using Oriel;
using Oriel.Components;
using static Oriel.Components.UI;

namespace WidgetBook.Examples;

/// <summary>A field in plain C#: the state and the field follow each other.</summary>
public sealed class InputCode : CodeExample
{
    private readonly State<string> _name = new("");

    /// <inheritdoc/>
    protected override View Build() =>
        VStack(
            Field("Name", Input("Ada Lovelace").Bind(_name).MaxLength(40)).Help("As you want to be greeted."),
            Text(() => $"Hello {_name.Value}!"),
            Button("Clear").OnClick(() => _name.Value = ""));
}
