using System.Buffers;

namespace Oriel.Components;

/// <summary>A property of CSS and its value, or the function that reads it.</summary>
internal readonly record struct StyleSetting(string Property, string? Value, Func<string?>? Read)
{
    private static readonly SearchValues<char> s_name = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    // What ends a declaration, opens a block, or hides what follows: a value with them could set other properties.
    private static readonly SearchValues<char> s_refused = SearchValues.Create(";{}\\\r\n\f\0");

    /// <summary>The value now.</summary>
    public string? Current
    {
        get
        {
            if (Read is null)
            {
                return Value;
            }

            var value = Read();
            if (value is not null)
            {
                Verify(Property, value);
            }

            return value;
        }
    }

    public static void Verify(string property)
    {
        ArgumentException.ThrowIfNullOrEmpty(property);
        if (property.AsSpan().ContainsAnyExcept(s_name))
        {
            throw new ArgumentException($"\"{property}\" is no property of CSS: a name has letters, digits and hyphens.", nameof(property));
        }
    }

    public static void Verify(string property, string value)
    {
        if (value.AsSpan().ContainsAny(s_refused) || value.Contains("/*", StringComparison.Ordinal))
        {
            throw new ArgumentException($"The style \"{property}\" has a value that is more than one value: \"{value}\". Set each property by a Style of its own.", nameof(value));
        }
    }
}
