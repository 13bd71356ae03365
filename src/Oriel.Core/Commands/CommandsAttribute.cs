namespace Oriel;

/// <summary>Says that methods of the class that have a <see cref="CommandAttribute"/> can be called by pages, once the class is mapped: <c>app.Commands.Map&lt;T&gt;()</c>.</summary>
/// <param name="name">What stands in front of the commands' names, with a dot; null for the class' name in camelCase, empty for nothing.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CommandsAttribute(string? name = null) : Attribute
{
    /// <summary>What stands in front of the commands' names, with a dot; null for the class' name in camelCase, empty for nothing.</summary>
    public string? Name { get; } = name;
}
