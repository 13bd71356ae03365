namespace Oriel.Tests;

public sealed class ListStateTests
{
    [Fact]
    public void Operations_do_what_they_say()
    {
        var list = new ListState<string>("a", "b", "c");

        list.Add("d");
        list.Insert(0, "first");
        list.Move(4, 1);
        list.RemoveAt(2);
        list[3] = "C";

        Assert.Equal(["first", "d", "b", "C"], list.Value);
        Assert.Equal((4, "b"), (list.Count, list[2]));
    }

    [Fact]
    public void The_changes_lead_from_one_version_to_the_other()
    {
        var list = new ListState<int>(Enumerable.Range(0, 50));
        var random = new Random(5);
        var copy = list.Value.ToList();
        var version = list.Read(0).Version;

        for (var i = 0; i < 200; i++)
        {
            switch (random.Next(4))
            {
                case 0: list.Insert(random.Next(list.Count + 1), 1_000 + i); break;
                case 1: list.RemoveAt(random.Next(list.Count)); break;
                case 2: list.Move(random.Next(list.Count), random.Next(list.Count)); break;
                default: list[random.Next(list.Count)] = 2_000 + i; break;
            }
        }

        var snapshot = list.Read(version);
        foreach (var change in snapshot.Changes!)
        {
            switch (change.Kind)
            {
                case ListChangeKind.Insert: copy.Insert(change.Index, change.Item); break;
                case ListChangeKind.Remove: copy.RemoveAt(change.Index); break;
                case ListChangeKind.Replace: copy[change.Index] = change.Item; break;
                case ListChangeKind.Move:
                    var item = copy[change.Index];
                    copy.RemoveAt(change.Index);
                    copy.Insert(change.To, item);
                    break;
            }
        }

        Assert.Equal(snapshot.Items, copy);
    }

    [Fact]
    public void Of_too_many_changes_and_of_a_new_list_nothing_is_known_but_the_items()
    {
        var list = new ListState<int>();
        var version = list.Read(0).Version;
        for (var i = 0; i < 257; i++)
        {
            list.Add(i);
        }

        var many = list.Read(version);
        var known = list.Read(many.Version);
        list.Reset(1, 2);

        Assert.Null(many.Changes);
        Assert.Empty(known.Changes!);
        Assert.Null(list.Read(known.Version).Changes);
    }

    [Fact]
    public void A_place_that_is_not_there_is_refused_and_nothing_changes()
    {
        var list = new ListState<int>(1);
        var version = list.Read(0).Version;

        Assert.Throws<ArgumentOutOfRangeException>(() => list.RemoveAt(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => list.Insert(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => list.Move(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => list[1] = 0);

        Assert.Equal(version, list.Read(0).Version);
    }

    [Fact]
    public async Task Writes_and_readers_on_many_threads_do_not_disturb_each_other()
    {
        var list = new ListState<int>();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                list.Add(i);
                _ = thread == 0 ? list.Sum() : list.Count;
            }
        }))).InTime();
        list.Update(static items => items.RemoveAll(static item => item < 500));

        Assert.Equal(2_000, list.Count);
    }
}
