using Oriel.Components;
using Oriel.Components.Widgets;
using static Oriel.Components.UI;

namespace WidgetBook.Examples;

/// <summary>Stacks in plain C#.</summary>
public sealed class StackCode : CodeExample
{
    /// <inheritdoc/>
    protected override View Build() =>
        VStack(
            HStack(Badge("one"), Badge("two")).Spacing(Space.ExtraLarge),
            HStack(Text("left"), Spacer(), Text("right")));
}
