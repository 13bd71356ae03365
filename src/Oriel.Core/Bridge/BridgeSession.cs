using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Oriel.Engines;
using Oriel.Ipc;

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

    public BridgeSession(OrielApp app, Window window, string documentId, string origin)
    {
        _app = app;
        _window = window;
        DocumentId = documentId;
        Origin = origin;
        States = new StateSubscriptions(this, app);

        _channel = new BridgeChannel($"window {window.Id}", app.Dispatcher, app.Options.Limits, error => app.Log.Value.MessageRefused(window.Id, error.Code, error.Message));
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

    /// <summary>Whether nothing reads the lines yet: neither has the page opened its stream, nor are they posted to it.</summary>
    public bool AwaitsReader { get; private set; } = true;

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
    }

    private IpcRoute? Route(string method)
    {
        if (_app.Commands.Find(method) is not { } command)
        {
            return null;
        }

        return new IpcRoute(
            call => command.Handler(new CommandContext(call, _app, _window, this)),
            command.Options.Thread == CommandThread.UI ? _app.Dispatcher : null);
    }

    private IpcMessage ReadyMessage()
    {
        var json = new ArrayBufferWriter<byte>();
        json.Write("{\"events\":["u8);

        var isFirst = true;
        foreach (var name in _app.Events.Names)
        {
            if (!isFirst)
            {
                json.Write(","u8);
            }

            JsonText.WriteString(json, name);
            isFirst = false;
        }

        json.Write("]}"u8);
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
