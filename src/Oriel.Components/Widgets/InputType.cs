namespace Oriel.Components.Widgets;

/// <summary>What a person writes into an <see cref="Input"/>.</summary>
public enum InputType
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>Text that nobody else is to read.</summary>
    Password,

    /// <summary>An address for mail.</summary>
    Email,

    /// <summary>What is looked for.</summary>
    Search,

    /// <summary>A telephone number.</summary>
    Tel,

    /// <summary>An address of the web.</summary>
    Url,
}
