using System.Diagnostics;
using Oriel;
using Oriel.Ipc;

namespace Gallery.Events;

/// <summary>What the Events page calls, and what it tells.</summary>
[Commands("feeds")]
internal sealed class EventCommands(DocumentFeeds feeds)
{
    private const int MaximumCount = 1_000_000;
    private const int MaximumSize = 1_000_000;

    /// <summary>Adds the commands and handlers.</summary>
    public static void AddTo(OrielApp app, DocumentFeeds feeds)
    {
        app.Commands.Map(new EventCommands(feeds));
        app.Events.On<PageMessage>("page.message", AnswerAsync);
    }

    /// <summary>Emits the event burst.item as often and as fast as the page takes it.</summary>
    /// <param name="window">The window that gets them.</param>
    /// <param name="count">How many events.</param>
    /// <param name="size">The length of each one's padding, in characters.</param>
    /// <param name="cancellationToken">Ends the burst.</param>
    [Command(Example = """{"count":1000,"size":64}""")]
    public static async Task<BurstResult> Burst(Window window, int count, int size, CancellationToken cancellationToken)
    {
        if (count is < 0 or > MaximumCount || size is < 0 or > MaximumSize)
        {
            throw new IpcException(IpcErrorCode.InvalidParams, $"A burst has at most {MaximumCount} events of at most {MaximumSize} characters.");
        }

        var padding = new string('x', size);
        var started = Stopwatch.GetTimestamp();

        for (var index = 0; index < count; index++)
        {
            // Waits while the page is behind, so that a burst of any length needs no memory.
            await window.EmitAsync("burst.item", new BurstItem(index, padding), cancellationToken).ConfigureAwait(false);
        }

        return new BurstResult(count, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>Begins or ends the event tick, one a second.</summary>
    [Command(Example = """{"enabled":true}""")]
    public void Tick(Window window, bool enabled) => feeds.Of(window).Tick.SetEnabled(enabled);

    private static async ValueTask AnswerAsync(Window window, PageMessage? message)
    {
        if (message is not null)
        {
            await window.EmitAsync("page.echo", new PageEcho(message.Text, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds())).ConfigureAwait(false);
        }
    }
}
