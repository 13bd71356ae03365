using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Oriel.Engines;
using Oriel.Ipc;
using Oriel.Security;

namespace Oriel;

/// <summary>The bridge of one document: begins with its first message, ends with the document.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "End disposes what the session owns.")]
internal sealed class BridgeSession
{
    private readonly Lock _announcing = new();
    private readonly BridgeChannel _channel;
    private readonly IpcPeer _peer;
    private readonly Window _window;
    private readonly OrielApp _app;
    private readonly BodyTable _bodies;

    public BridgeSession(OrielApp app, Window window, string documentId, string origin, DocumentRights rights)
    {
        _app = app;
        _window = window;
        DocumentId = documentId;
        Origin = origin;
        States = new StateSubscriptions(this, app);
        Rights = rights;
        _bodies = new BodyTable(app.Options.Limits, app.Dispatcher.CheckAccess);

        _channel = new BridgeChannel($"window {window.Id}", app.Dispatcher, app.Options.Limits, error => app.Log.Value.MessageRefused(window.Id, error.Code, error.Message))
        {
            RefusalOfEvent = rights.RefusalOfEvent,
        };
        _peer = new IpcPeer(_channel, new IpcPeerOptions
        {
            Route = Route,
            OnEvent = (name, data) => app.Events.DispatchAsync(window, name, data.Memory),
            OnError = exception => app.Log.Value.EventHandlerFailed(exception),
            Limits = app.Options.Limits,
            IncludeStackTraces = app.Options.IsDevelopment,
        });
        _peer.Start();
    }

    public string DocumentId { get; }

    public string Origin { get; }

    /// <summary>The states that the document follows.</summary>
    public StateSubscriptions States { get; }

    /// <summary>What the document may do.</summary>
    public DocumentRights Rights { get; }

    /// <summary>Whether nothing reads the lines yet: neither has the page opened its stream, nor are they posted to it.</summary>
    public bool AwaitsReader { get; private set; } = true;

    /// <summary>The bytes that travel beside the document's messages.</summary>
    public BodyTable Bodies => _bodies;

    /// <summary>The stream of lines, for the one that reads it.</summary>
    public Stream OpenDown()
    {
        AwaitsReader = false;
        return _channel.Down;
    }

    public void Receive(ReadOnlyMemory<byte> lines, IEngineReply reply) => _channel.Receive(lines, reply);

    /// <summary>Answers the document's first message with what the page has to know, or the one by which it asks for posts.</summary>
    public void Welcome(bool isPosted, IEngineReply reply)
    {
        using var line = BridgeChannel.WriteLine(ReadyMessage());
        using var text = new PooledBuffer();
        text.Write("0\n"u8);
        text.Write(line.Span);
        reply.Return(text.Span);

        if (isPosted)
        {
            _ = PumpAsync(OpenDown());
        }
    }

    public ValueTask SendAsync(ReadOnlySpan<byte> line, bool isAlways, CancellationToken cancellationToken) => _channel.SendLineAsync(line, isAlways, cancellationToken);

    /// <summary>Tells the page for which names to forward its own DOM events.</summary>
    public async Task AnnounceEventsAsync()
    {
        try
        {
            ValueTask sent;
            lock (_announcing)
            {
                // The names are read and queued as one: of two announcements the page keeps the later.
                sent = _channel.SendAsync(ReadyMessage());
            }

            await sent.ConfigureAwait(false);
        }
        catch (IpcException)
        {
            // The document is gone; the next one gets the names with its welcome.
        }
    }

    public void End()
    {
        States.End();
        _ = _peer.DisposeAsync().AsTask();
        _bodies.End();
    }

    private IpcRoute? Route(string method)
    {
        var command = _app.Commands.Find(method);

        // Before it is said whether there is such a command: who may not call it does not learn that.
        if (command is not { Options.ChecksCaller: true } && Rights.RefusalOfCommand(method, command?.Options.Capability) is { } refusal)
        {
            return new IpcRoute(_ => throw new IpcException(refusal));
        }

        if (command is null)
        {
            return null;
        }

        return new IpcRoute(
            call => Run(command, call),
            command.Options.Thread == CommandThread.UI ? _app.Dispatcher : null);
    }

    private ValueTask Run(Command command, IpcCall call)
    {
        var context = new CommandContext(call, _app, _window, this, command.Options.ContentType);
        var task = Begin(command, context);
        if (!task.IsCompletedSuccessfully)
        {
            return FinishAsync(command, context, task);
        }

        context.Bodies?.End(isAnswered: true);
        return task;
    }

    private static ValueTask Begin(Command command, CommandContext context)
    {
        try
        {
            return command.Handler(context);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException(exception);
        }
    }

    // Awaiting returns to the thread of the command, where it is started again.
    private static async ValueTask FinishAsync(Command command, CommandContext context, ValueTask task)
    {
        var isAnswered = false;
        try
        {
            for (; ; )
            {
                UpBody awaited;
                try
                {
                    await task;
                    isAnswered = true;
                    return;
                }
                catch (BodyPendingException pending) when (context.StartsAgain)
                {
                    awaited = pending.Body;
                }

                await awaited.BufferAsync(context.CancellationToken);
                task = Begin(command, context);
            }
        }
        finally
        {
            context.Bodies?.End(isAnswered);
        }
    }

    private IpcMessage ReadyMessage()
    {
        var json = new ArrayBufferWriter<byte>();
        json.Write("{\"events\":["u8);

        var isFirst = true;
        foreach (var name in _app.Events.Names)
        {
            if (!Rights.AllowsEvent(name))
            {
                continue;
            }

            if (!isFirst)
            {
                json.Write(","u8);
            }

            JsonText.WriteString(json, name);
            isFirst = false;
        }

        json.Write("],\"bodies\":"u8);
        JsonText.WriteString(json, _bodies.Token);
        json.Write("}"u8);
        return new IpcMessage { Kind = IpcMessageKind.Ready, Data = json.WrittenMemory };
    }

    // Runs on the UI thread: it is started there, and awaiting returns to it. A script above a few KB is retained by WebKit
    // for long, so batches are small here; the stream is the way for volume.
    private async Task PumpAsync(Stream down)
    {
        const int BatchBytes = 8 * 1024;

        var buffer = new byte[BatchBytes];
        var batch = new PooledBuffer();
        int count;

        while ((count = await down.ReadAsync(buffer)) > 0)
        {
            batch.Write(buffer.AsSpan(0, count));

            // Text is cut at the end of a line only: a script holds whole characters.
            var end = batch.Span.LastIndexOf((byte)'\n');
            if (end >= 0)
            {
                _window.PostLines(batch.Span[..(end + 1)]);
                var rest = PooledBuffer.CopyOf(batch.Span[(end + 1)..]);
                batch.Dispose();
                batch = rest;
            }
            else
            {
                _channel.Down.Acknowledge(count);
            }
        }

        batch.Dispose();
    }
}
