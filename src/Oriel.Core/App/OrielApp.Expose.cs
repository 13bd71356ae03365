using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Oriel;

// Another word for Map, as applications that come from elsewhere know it.
[SuppressMessage("Performance", "CA1822", Justification = "Generated code takes the place of a call of an instance method.")]
public sealed partial class OrielApp
{
    /// <summary>Lets pages call a method by its name in camelCase.</summary>
    /// <remarks>As <see cref="CommandRegistry.Map(string, Delegate, CommandOptions?)"/>.</remarks>
    /// <param name="handler">The name of a method.</param>
    /// <exception cref="InvalidOperationException">The generator did not see the call.</exception>
    [OverloadResolutionPriority(1)]
    public void Expose(Delegate handler) => throw CommandRegistry.NotGenerated("Expose(...)");

    /// <summary>Lets pages call a method by a name.</summary>
    /// <remarks>As <see cref="CommandRegistry.Map(string, Delegate, CommandOptions?)"/>.</remarks>
    /// <param name="name">What the page calls it.</param>
    /// <param name="handler">A lambda, or the name of a method.</param>
    /// <exception cref="InvalidOperationException">The generator did not see the call.</exception>
    [OverloadResolutionPriority(1)]
    public void Expose(string name, Delegate handler) => throw CommandRegistry.NotGenerated($"Expose(\"{name}\", ...)");

    /// <summary>Lets pages call every public method of an object, also those that its class inherits from another than <see cref="object"/>.</summary>
    /// <remarks>The methods are those of the type that the compiler knows, <typeparamref name="T"/>, and not of what the object is beyond that.</remarks>
    /// <param name="target">The object.</param>
    /// <param name="name">What stands in front of the methods' names, with a dot; null for the class' name in camelCase, empty for nothing.</param>
    /// <exception cref="InvalidOperationException">The generator did not see the call.</exception>
    public void Expose<T>(T target, string? name = null)
        where T : class => throw CommandRegistry.NotGenerated($"Expose<{typeof(T).Name}>(...)");
}
