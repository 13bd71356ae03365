namespace Oriel.Components;

// What is shown depending on state.
public static partial class UI
{
    /// <summary>Shows what a function makes, and makes it anew when anything that the function has read changes. Nothing around it is rendered again.</summary>
    /// <param name="view">Makes the view, or null for nothing. A string is a text.</param>
    public static View Slot(Func<View?> view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new View<Slot>().Set(nameof(Components.Slot.Content), (object)view);
    }

    /// <summary>Shows one view or another. They are made anew only when the condition turns, or when what they have read themselves changes.</summary>
    /// <param name="condition">Reads what decides.</param>
    /// <param name="then">Makes what is shown while it is so.</param>
    /// <param name="otherwise">Makes what is shown while it is not; null is nothing.</param>
    public static View If(Func<bool> condition, Func<View> then, Func<View>? otherwise = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(then);
        return new View<ConditionComponent>()
            .Set(nameof(ConditionComponent.Condition), (object)condition)
            .Set(nameof(ConditionComponent.Then), (object)then)
            .Set(nameof(ConditionComponent.Otherwise), (object?)otherwise);
    }

    /// <summary>Shows a view for each item of a list. A change of the list touches only the rows that it changes.</summary>
    /// <param name="list">The list.</param>
    /// <param name="key">What tells an item from all others of the list, and stays when the item is replaced by a newer one: an id.</param>
    /// <param name="row">Makes a row: anew when its item, or what it has read, changes.</param>
    /// <typeparam name="T">An item.</typeparam>
    public static View For<T>(ListState<T> list, Func<T, object> key, Func<T, View> row)
    {
        ArgumentNullException.ThrowIfNull(list);
        return For(key, row).Set(nameof(ListComponent<>.List), (object)list);
    }

    /// <summary>Shows a view for each item that a function reads.</summary>
    /// <param name="items">Reads the items; it runs again when what it has read changes.</param>
    /// <param name="key">What tells an item from all others, and stays when the item is replaced by a newer one: an id.</param>
    /// <param name="row">Makes a row: anew when its item, or what it has read, changes.</param>
    /// <typeparam name="T">An item.</typeparam>
    public static View For<T>(Func<IEnumerable<T>> items, Func<T, object> key, Func<T, View> row)
    {
        ArgumentNullException.ThrowIfNull(items);
        return For(key, row).Set(nameof(ListComponent<>.Items), (object)items);
    }

    /// <summary>Calls a function when what is being made now is shown no longer, or is made anew.</summary>
    /// <param name="end">The function. It runs on the component's dispatcher.</param>
    /// <exception cref="InvalidOperationException">No view is being made.</exception>
    public static void OnDispose(Action end)
    {
        ArgumentNullException.ThrowIfNull(end);
        Lifetime.Current.Add(end);
    }

    /// <summary>Runs a function now and whenever what it reads changes, as long as what is being made now is shown.</summary>
    /// <param name="run">The function. It runs on the component's dispatcher; its exception is the component's, or ends the session.</param>
    /// <exception cref="InvalidOperationException">No view is being made.</exception>
    public static void Effect(Action run)
    {
        var lifetime = Lifetime.Current;
        var effect = new Effect(run);
        lifetime.Add(effect.Dispose);
    }

    private static View<ListComponent<T>> For<T>(Func<T, object> key, Func<T, View> row)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(row);
        return new View<ListComponent<T>>().Set(nameof(ListComponent<>.Key), (object)key).Set(nameof(ListComponent<>.Row), (object)row);
    }
}
