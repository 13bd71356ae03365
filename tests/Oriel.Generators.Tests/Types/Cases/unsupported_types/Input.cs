using System.Linq.Expressions;

class Generic
{
    public static T Echo<T>(T value) => value;
}

ref struct View { public int A { get; set; } }

interface IService { }

abstract class Abstract { public int A { get; set; } }

record Holder(Action Callback, Task Task, Lazy<int> Lazy);

class Endless<T> { public Endless<List<T>>? Next { get; set; } }

static unsafe class Uses
{
    public static void Language(int* pointer, View view, Action action, nint native, dynamic fine) { }
    public static void Framework(Type type, Expression<Func<int>> expression, System.Net.IPAddress address, Exception exception, Int128 large, System.Collections.ArrayList list) { }
    public static void Arrays(int[,] grid, Dictionary<int[], string> keys, IReadOnlySet<int> set) { }
    public static void Objects(IService service, Abstract abstracted, Holder holder, Endless<int> endless) { }
    public static void Open<T>(T value, List<T> list) { }
}
