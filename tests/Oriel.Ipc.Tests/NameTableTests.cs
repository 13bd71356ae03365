using System.Reflection;
using System.Text;

namespace Oriel.Ipc.Tests;

public sealed class NameTableTests
{
    [Fact]
    public void A_name_that_comes_again_is_the_same_string()
    {
        var names = new NameTable();

        Assert.Same(names.Get("greet"u8), names.Get("greet"u8));
    }

    [Fact]
    public void However_many_names_come_each_is_right_and_memory_stays_small()
    {
        var names = new NameTable();
        Parallel.For(0, 4, thread =>
        {
            for (var i = 0; i < 50_000; i++)
            {
                var name = $"name-{i * (thread + 1)}";
                Assert.Equal(name, names.Get(Encoding.UTF8.GetBytes(name)));
            }
        });

        var slots = (Array)typeof(NameTable).GetField("_entries", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(names)!;
        Assert.Equal(256, slots.Length);
    }
}
