using System.Collections.Concurrent;
using System.Collections.Immutable;

class Settings : Dictionary<string, string?>;

static class Uses
{
    public static void Keys(Dictionary<string, int> a, IDictionary<int, string> b, IReadOnlyDictionary<Guid, string> c, Dictionary<DateOnly, bool> d, Dictionary<bool, int> e) { }
    public static void Kinds(SortedDictionary<string, int> a, ConcurrentDictionary<string, int> b, ImmutableDictionary<string, int> c, IImmutableDictionary<string, int> d, Settings e) { }
    public static Dictionary<string, Dictionary<int, List<string>>> Nested() => [];
}
