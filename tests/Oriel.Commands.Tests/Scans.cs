using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Oriel.Commands.Tests;

public interface IClock
{
    int Hour { get; }
}

public sealed class FixedClock : IClock
{
    public int Hour => 11;
}

/// <summary>Counts how many were made, and how many have ended.</summary>
public sealed class Ledger
{
    private int _made;
    private int _ended;

    public int Made
    {
        get => Volatile.Read(ref _made);
        init => _made = value;
    }

    public int Ended => Volatile.Read(ref _ended);

    public int Make() => Interlocked.Increment(ref _made);

    public void End() => Interlocked.Increment(ref _ended);
}

[Commands]
public sealed class Scans(Ledger ledger, IClock? clock = null) : IDisposable
{
    private readonly int _number = ledger.Make();

    [Command]
    public int Number() => _number;

    [Command("clock")]
    public int Hour() => clock?.Hour ?? -1;

    [Command]
    public async Task<string> NameAsync(string name)
    {
        await Task.Yield();
        return $"scan {name}";
    }

    [Command]
    public static string Shared() => "static";

    [Command]
    public async IAsyncEnumerable<Point> Walk(int count, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        for (var i = 0; i < count; i++)
        {
            await Task.Yield();
            cancel.ThrowIfCancellationRequested();
            yield return new Point(i, i * i);
        }
    }

    public string NotACommand() => "";

    public void Dispose() => ledger.End();
}

[Commands("")]
public sealed class Plain
{
    private readonly Lock _gate = new();
    private int _calls;

    [Command(Thread = CommandThread.UI)]
    public bool IsOnUI(OrielApp app) => app.Dispatcher.CheckAccess();

    [Command(Capability = "count.read")]
    public int Count()
    {
        lock (_gate)
        {
            return ++_calls;
        }
    }
}

public abstract class Base
{
    [Command]
    public string Inherited() => "from the base";

    [Command]
    public abstract int Overridden(int value);
}

[Commands]
public sealed class Derived : Base
{
    public override int Overridden(int value) => value + 1;
}

public sealed class Calculator
{
    public double Add(double a, double b) => a + b;

    public Task<double> DivideAsync(double a, double b) =>
        b == 0 ? Task.FromException<double>(new DivideByZeroException("Nothing can be divided by zero.")) : Task.FromResult(a / b);

    public ChannelReader<int> Count(int to)
    {
        var channel = Channel.CreateUnbounded<int>();
        for (var i = 1; i <= to; i++)
        {
            channel.Writer.TryWrite(i);
        }

        channel.Writer.Complete();
        return channel.Reader;
    }

    public override string ToString() => "not a command";
}
