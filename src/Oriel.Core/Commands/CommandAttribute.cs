namespace Oriel;

/// <summary>Makes a method of a class with <see cref="CommandsAttribute"/> a command.</summary>
/// <param name="name">What the page calls it, behind the name of the class; null for the method's name in camelCase, without a trailing "Async".</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CommandAttribute(string? name = null) : Attribute
{
    /// <summary>What the page calls it, behind the name of the class; null for the method's name in camelCase, without a trailing "Async".</summary>
    public string? Name { get; } = name;

    /// <summary>Where it runs.</summary>
    public CommandThread Thread { get; set; }

    /// <summary>The capability that a window or an origin needs to call it; null for those that may call every command.</summary>
    public string? Capability { get; set; }

    /// <summary>Arguments that show how it is called, as JSON.</summary>
    public string? Example { get; set; }

    /// <summary>The media type of the bytes that it answers with, such as <c>image/png</c>.</summary>
    public string? ContentType { get; set; }
}
