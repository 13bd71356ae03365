using System.Globalization;

namespace Oriel.Components.Widgets;

/// <summary>Ids for elements that refer to each other, such as a field and its label.</summary>
internal static class ElementIds
{
    private static long s_last;

    public static string Next() => "o" + Interlocked.Increment(ref s_last).ToString(CultureInfo.InvariantCulture);
}
