using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Oriel.Components.Widgets;

/// <summary>A control for one of several options. A value from the page that is none of them is refused.</summary>
/// <typeparam name="TValue">An option.</typeparam>
public abstract class ChoiceWidget<TValue> : ValueWidget<TValue>
{
    private const int MaxOptions = 10_000;

    private readonly Dictionary<string, TValue> _byKey = new(StringComparer.Ordinal);

    /// <summary>What can be chosen; each once.</summary>
    [Parameter]
    [EditorRequired]
    public IReadOnlyList<TValue> Options { get; set; } = [];

    /// <summary>What an option is called; its text when null.</summary>
    [Parameter]
    public Func<TValue, string>? OptionText { get; set; }

    /// <summary>Which options are shown but cannot be chosen.</summary>
    [Parameter]
    public Func<TValue, bool>? OptionDisabled { get; set; }

    private protected string TextOf(TValue option) => OptionText is null ? KeyOf(option) : OptionText(option);

    /// <summary>How the page names an option.</summary>
    private protected static string KeyOf(TValue? option) => Convert.ToString(option, CultureInfo.InvariantCulture) ?? "";

    private protected bool IsDisabled(TValue option) => OptionDisabled?.Invoke(option) ?? false;

    private protected bool IsChosen(TValue option) => EqualityComparer<TValue>.Default.Equals(option, Value);

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        if (Options.Count > MaxOptions)
        {
            throw new ArgumentException($"{Options.Count} options are too many for a control: at most {MaxOptions} can be shown.", nameof(Options));
        }

        _byKey.Clear();
        foreach (var option in Options)
        {
            if (!_byKey.TryAdd(KeyOf(option), option))
            {
                throw new ArgumentException($"Two options are called \"{KeyOf(option)}\". Give each another text by its ToString().", nameof(Options));
            }
        }
    }

    private protected Task ChooseAsync(ChangeEventArgs change)
    {
        if (Disabled)
        {
            return Task.CompletedTask;
        }

        if (change.Value is not string key || !_byKey.TryGetValue(key, out var option) || IsDisabled(option))
        {
            // Nothing is left to be put right: the page shows the value again.
            return Task.CompletedTask;
        }

        return SetValueAsync(option);
    }
}
