using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Oriel;

namespace SelfCheck;

/// <summary>Commands of a class that is made of services: values, streams both ways and progress.</summary>
[Commands]
internal sealed class Lists(Greeter greeter)
{
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Greets with what a service says.</summary>
    [Command]
    public string Greet(string name) => greeter.Greet(name);

    /// <summary>Gives back what generated metadata has read.</summary>
    [Command]
    public Drawing Draw(Drawing drawing) => drawing with { Shapes = [.. drawing.Shapes.Reverse()] };

    /// <summary>Counts.</summary>
    [Command]
    public async IAsyncEnumerable<int> CountAsync(int from, int to = 100, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var i = from; i <= to; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return i;
        }
    }

    /// <summary>Adds up what the page sends as a stream, and reports each sum.</summary>
    [Command]
    public async Task<double> SumAsync(ChannelReader<double> values, IProgress<double> progress)
    {
        var sum = 0d;
        await foreach (var value in values.ReadAllAsync())
        {
            sum += value;
            progress.Report(sum);
        }

        return sum;
    }

    /// <summary>Waits until the page cancels it.</summary>
    [Command]
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(_cancelled.SetResult);
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    /// <summary>Ends when <see cref="WaitAsync"/> was cancelled.</summary>
    [Command]
    public Task WaitIsCancelledAsync() => _cancelled.Task;
}
