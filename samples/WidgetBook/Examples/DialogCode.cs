using Oriel;
using Oriel.Components;
using static Oriel.Components.UI;

namespace WidgetBook.Examples;

/// <summary>A question in plain C#.</summary>
public sealed class DialogCode : CodeExample
{
    private readonly State<bool> _isAsked = new(false);
    private readonly State<string> _answer = new("Nothing was deleted.");

    /// <inheritdoc/>
    protected override View Build() =>
        VStack(
            Button("Delete...").Danger().OnClick(() => _isAsked.Value = true),
            Text(() => _answer.Value),
            Dialog("Delete the file?", Text("It cannot be brought back."))
                .ConfirmText("Delete")
                .Destructive()
                .OnConfirm(() => _answer.Value = "It was deleted.")
                .Bind(_isAsked));
}
