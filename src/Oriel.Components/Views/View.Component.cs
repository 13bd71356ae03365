using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components;

/// <summary>A component and its parameters, as a view.</summary>
/// <remarks>
/// A setting that is given as a function follows what the function reads: when that changes, the component gets new parameters
/// and nothing around it is rendered again. Setting a parameter again replaces its value.
/// </remarks>
/// <typeparam name="TComponent">The component: any, of Razor or of C#.</typeparam>
public sealed class View<TComponent> : View
    where TComponent : IComponent
{
    // Who is rendered after an event besides: nobody, unless the handler is a method of a component, which the factory sees.
    private static readonly object s_nobody = new();

    private readonly List<KeyValuePair<string, object?>> _parameters = [];
    private readonly List<StyleSetting> _styles = [];
    private string? _class;
    private object? _key;

    private bool IsReactive => _parameters.Exists(static parameter => parameter.Value is Read) || _styles.Exists(static style => style.Read is not null);

    /// <summary>Sets a parameter.</summary>
    /// <param name="parameter">The parameter's name: <c>nameof</c> of the property.</param>
    /// <param name="value">Its value.</param>
    public View<TComponent> Set(string parameter, object? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(parameter);

        var index = _parameters.FindIndex(other => string.Equals(other.Key, parameter, StringComparison.OrdinalIgnoreCase));
        if (index >= 0)
        {
            _parameters[index] = new(parameter, value);
        }
        else
        {
            _parameters.Add(new(parameter, value));
        }

        return this;
    }

    /// <summary>Sets a parameter to a text.</summary>
    /// <remarks>A string is a view, too, where one is expected: a parameter that is a fragment takes <c>Set(name, (View)"text")</c>.</remarks>
    /// <param name="parameter">The parameter's name: <c>nameof</c> of the property.</param>
    /// <param name="text">The text; null is none.</param>
    public View<TComponent> Set(string parameter, string? text) => Set(parameter, (object?)text);

    /// <summary>Sets a parameter that is a fragment to a view.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="view">What the fragment shows.</param>
    public View<TComponent> Set(string parameter, View? view) => Set(parameter, view is null ? null : (object)(RenderFragment)view);

    /// <summary>Sets a parameter to what a function reads, now and whenever that changes.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="read">
    /// Reads the value. It runs while the component is rendered, so it is short and changes nothing. A view is passed as a fragment.
    /// </param>
    /// <exception cref="ArgumentException">It makes a task, and reads nothing.</exception>
    public View<TComponent> Set<T>(string parameter, Func<T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (typeof(Task).IsAssignableFrom(typeof(T)))
        {
            // It would begin anew with each render, and nobody would await it.
            throw new ArgumentException(
                $"\"{parameter}\" would be set to a task by a function that runs while rendering. Handle an event by On(...); pass a function itself as (object).", nameof(read));
        }

        return Set(parameter, (object)new Read(() => read() is var value && value is View view ? (RenderFragment)view : value));
    }

    /// <summary>Handles an event of the component.</summary>
    /// <param name="parameter">A parameter of the type <see cref="EventCallback"/>, or an event of the element such as <c>onclick</c>.</param>
    /// <param name="handler">Runs in the session's dispatcher.</param>
    public View<TComponent> On(string parameter, Action handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Set(parameter, (object)EventCallback.Factory.Create(s_nobody, handler));
    }

    /// <summary>Handles an event of the component by an asynchronous function.</summary>
    /// <inheritdoc cref="On(string, Action)"/>
    public View<TComponent> On(string parameter, Func<Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Set(parameter, (object)EventCallback.Factory.Create(s_nobody, handler));
    }

    /// <summary>Handles an event that has an argument.</summary>
    /// <param name="parameter">A parameter of the type <see cref="EventCallback{TValue}"/>, or an event of the element such as <c>onclick</c>.</param>
    /// <param name="handler">Runs in the session's dispatcher.</param>
    public View<TComponent> On<T>(string parameter, Action<T> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Set(parameter, (object)EventCallback.Factory.Create(s_nobody, handler));
    }

    /// <summary>Handles an event that has an argument by an asynchronous function.</summary>
    /// <inheritdoc cref="On{T}(string, Action{T})"/>
    public View<TComponent> On<T>(string parameter, Func<T, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Set(parameter, (object)EventCallback.Factory.Create(s_nobody, handler));
    }

    /// <summary>Sets what is inside: the parameter <c>ChildContent</c>.</summary>
    /// <param name="views">Views one after the other; null is nothing.</param>
    public View<TComponent> Content(params View?[] views)
    {
        ArgumentNullException.ThrowIfNull(views);
        return Set("ChildContent", views is [var only] ? only : new ViewSequence([.. views]));
    }

    /// <summary>Tells the view from its neighbours, so that what is shown stays the same when they move.</summary>
    /// <param name="key">Something that no other view beside this one has.</param>
    public View<TComponent> Key(object key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _key = key;
        return this;
    }

    /// <summary>Adds CSS classes.</summary>
    /// <param name="names">One class or several, divided by spaces.</param>
    public View<TComponent> Class(string names)
    {
        ArgumentNullException.ThrowIfNull(names);
        _class = _class is null ? names : $"{_class} {names}";
        return this;
    }

    /// <summary>Sets a property of CSS.</summary>
    /// <param name="property">The property, such as <c>width</c> or <c>--accent</c>.</param>
    /// <param name="value">One value, such as <c>12rem</c>.</param>
    /// <exception cref="ArgumentException">The name or the value is more than one: it could set other properties.</exception>
    public View<TComponent> Style(string property, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        StyleSetting.Verify(property);
        StyleSetting.Verify(property, value);
        _styles.Add(new StyleSetting(property, value, null));
        return this;
    }

    /// <summary>Sets a property of CSS to what a function reads, now and whenever that changes.</summary>
    /// <param name="property">The property, such as <c>width</c> or <c>--accent</c>.</param>
    /// <param name="read">Reads one value; null leaves the property out.</param>
    public View<TComponent> Style(string property, Func<string?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        StyleSetting.Verify(property);
        _styles.Add(new StyleSetting(property, null, read));
        return this;
    }

    /// <summary>Sets the element's id.</summary>
    /// <param name="id">An id that no other element of the page has.</param>
    public View<TComponent> Id(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return Set("id", (object)id);
    }

    /// <summary>Sets an attribute of the element that the component shows, if it passes attributes on.</summary>
    /// <param name="name">The attribute's name, such as <c>title</c> or <c>aria-label</c>.</param>
    /// <param name="value">A string, or true for an attribute without a value; null and false leave it out.</param>
    public View<TComponent> Attribute(string name, object? value)
    {
        VerifyAttribute(name);
        return Set(name, value);
    }

    /// <summary>Sets an attribute to what a function reads, now and whenever that changes.</summary>
    /// <param name="name">The attribute's name, such as <c>title</c> or <c>aria-label</c>.</param>
    /// <param name="read">Reads a string, or true for an attribute without a value; null and false leave it out.</param>
    public View<TComponent> Attribute<T>(string name, Func<T> read)
    {
        VerifyAttribute(name);
        return Set(name, read);
    }

    /// <inheritdoc/>
    protected internal override void Render(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!IsReactive)
        {
            RenderComponent(builder);
            return;
        }

        // The functions run in the slot, so that nothing else is rendered for what they read.
        builder.OpenComponent<Slot>(0);
        builder.SetKey(_key);
        builder.AddComponentParameter(1, nameof(Slot.ChildContent), (RenderFragment)RenderComponent);
        builder.CloseComponent();
    }

    private void RenderComponent(RenderTreeBuilder builder)
    {
        builder.OpenComponent<TComponent>(0);
        builder.SetKey(_key);
        foreach (var (name, value) in _parameters)
        {
            // One number for all: parameters of a component are told apart by their names.
            builder.AddComponentParameter(1, name, value is Read read ? read() : value);
        }

        if (_class is not null)
        {
            builder.AddComponentParameter(1, "class", _class);
        }

        if (WriteStyles() is { } style)
        {
            builder.AddComponentParameter(1, "style", style);
        }

        builder.CloseComponent();
    }

    private string? WriteStyles()
    {
        StringBuilder? text = null;
        foreach (var style in _styles)
        {
            if (style.Current is { } value)
            {
                text = (text?.Append("; ") ?? new StringBuilder()).Append(style.Property).Append(": ").Append(value);
            }
        }

        return text?.ToString();
    }

    private static void VerifyAttribute(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.StartsWith("on", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"\"{name}\" is an event, not an attribute: handle it by On(\"{name}\", ...).", nameof(name));
        }

        if (name.Equals("class", StringComparison.OrdinalIgnoreCase) || name.Equals("style", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"Set \"{name}\" by Class(...) or Style(...), which adds to what is there.", nameof(name));
        }
    }

    private delegate object? Read();
}
