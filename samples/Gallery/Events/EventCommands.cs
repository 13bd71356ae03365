using System.Diagnostics;
using System.Text.Json;
using Oriel;
using Oriel.Ipc;

namespace Gallery.Events;

/// <summary>What the Events page calls, and what it tells.</summary>
internal static class EventCommands
{
    private const int MaximumCount = 1_000_000;
    private const int MaximumSize = 1_000_000;

    /// <summary>Adds the commands and handlers.</summary>
    public static void AddTo(OrielApp app, DocumentFeeds feeds)
    {
        var json = GalleryJson.Default;

        app.Commands.Map("events.burst", BurstAsync, json.BurstArguments, json.BurstResult, new CommandOptions
        {
            Description = "Emits the event burst.item as often and as fast as the page takes it.",
            Example = """{"count":1000,"size":64}""",
        });

        app.Commands.Map(
            "events.tick",
            (arguments, context) =>
            {
                feeds.Of(context.Window).Tick.SetEnabled(arguments.Enabled);
                return ValueTask.CompletedTask;
            },
            json.TickArguments,
            new CommandOptions { Description = "Begins or ends the event tick, one a second.", Example = """{"enabled":true}""" });

        app.Events.On("page.message", AnswerAsync);
    }

    private static async ValueTask<BurstResult> BurstAsync(BurstArguments arguments, CommandContext context)
    {
        if (arguments.Count is < 0 or > MaximumCount || arguments.Size is < 0 or > MaximumSize)
        {
            throw new IpcException(IpcErrorCode.InvalidParams, $"A burst has at most {MaximumCount} events of at most {MaximumSize} characters.");
        }

        var padding = new string('x', arguments.Size);
        var started = Stopwatch.GetTimestamp();

        for (var index = 0; index < arguments.Count; index++)
        {
            // Waits while the page is behind, so that a burst of any length needs no memory.
            await context.Window.EmitAsync("burst.item", new BurstItem(index, padding), GalleryJson.Default.BurstItem, context.CancellationToken).ConfigureAwait(false);
        }

        return new BurstResult(arguments.Count, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    private static async ValueTask AnswerAsync(Window window, ReadOnlyMemory<byte> data)
    {
        if (JsonSerializer.Deserialize(data.Span, GalleryJson.Default.PageMessage) is { } message)
        {
            var echo = new PageEcho(message.Text, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            await window.EmitAsync("page.echo", echo, GalleryJson.Default.PageEcho).ConfigureAwait(false);
        }
    }
}
