using System.Linq.Expressions;
using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace Oriel.Testing;

/// <summary>The parameters that a test gives to a component.</summary>
/// <typeparam name="TComponent">The component.</typeparam>
public sealed class ComponentParameters<TComponent>
    where TComponent : IComponent
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, object?> Values => _values;

    /// <summary>Sets a parameter.</summary>
    /// <param name="parameter">Reads the parameter: <c>c =&gt; c.Start</c>.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentException">The expression does not read a property of the component that is a parameter.</exception>
    public ComponentParameters<TComponent> Set<TValue>(Expression<Func<TComponent, TValue>> parameter, TValue value)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        if (parameter.Body is not MemberExpression { Member: PropertyInfo property } || property.GetCustomAttribute<ParameterAttribute>() is null)
        {
            throw new ArgumentException($"{parameter} does not read a property with [Parameter] of {typeof(TComponent).Name}.", nameof(parameter));
        }

        return Set(property.Name, value);
    }

    /// <summary>Sets a parameter by its name, or an attribute for a component that takes others' attributes.</summary>
    public ComponentParameters<TComponent> Set(string name, object? value)
    {
        _values[name] = value;
        return this;
    }
}
