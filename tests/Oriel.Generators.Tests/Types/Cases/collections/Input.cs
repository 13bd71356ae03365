using System.Collections.Immutable;
using System.Collections.ObjectModel;

class Names : List<string>;

static class Uses
{
    public static void Mutable(int[] a, int[][] b, List<string> c, HashSet<int> d, LinkedList<int> e, Queue<int> f, Stack<int> g, ObservableCollection<int> h, Names i, Memory<int> j) { }
    public static void Interfaces(IEnumerable<int> a, ICollection<int> b, IList<int> c, IReadOnlyList<int> d, IReadOnlyCollection<int> e, ISet<int> f) { }
    public static void Immutable(ImmutableArray<int> a, ImmutableList<int> b, IImmutableSet<int> c, ImmutableStack<int> d, IImmutableQueue<int> e) { }
}
