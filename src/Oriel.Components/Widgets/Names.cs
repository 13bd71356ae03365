using System.Collections.Concurrent;

namespace Oriel.Components.Widgets;

/// <summary>The names of enumerations' members as CSS and HTML write them.</summary>
internal static class Names
{
    private static class Cache<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly ConcurrentDictionary<TEnum, string> Lower = new();
    }

    public static string Lower<TEnum>(this TEnum value)
        where TEnum : struct, Enum => Enum.IsDefined(value)
            ? Cache<TEnum>.Lower.GetOrAdd(value, static member => member.ToString().ToLowerInvariant())
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"There is no such {typeof(TEnum).Name}.");
}
