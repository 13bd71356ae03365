using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Oriel.Ipc;

namespace Oriel;

/// <summary>A script that a page has started: one life, whose events and lines go to the window of that page.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "EndAsync ends the session.")]
internal sealed class ChildProcess : IBackendObserver
{
    // A page that is further behind loses the oldest lines; they stand in the log.
    private const int MaxLines = 1_024;

    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new();
    private readonly Channel<(string Text, bool IsError)> _lines = Channel.CreateBounded<(string, bool)>(
        new BoundedChannelOptions(MaxLines) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly Action<ChildProcess> _onGone;
    private readonly string _script;
    private readonly BackendLog _log;
    private readonly BackendSession _session;

    public ChildProcess(OrielApp app, Window window, int id, string script, ProcessBackendOptions options, Action<ChildProcess> onGone)
    {
        Id = id;
        Window = window;
        _onGone = onGone;
        _script = script;
        _log = new BackendLog(app.Log, script);

        var rights = new BackendRights(app, script, options);
        _session = new BackendSession(BackendSessionOptions.Of(options with { Name = script }, rights, this, app.Options.IsDevelopment));
    }

    /// <summary>What pages know it by; never used twice.</summary>
    public int Id { get; }

    /// <summary>The window that started it.</summary>
    public Window Window { get; }

    /// <summary>Whether it answers.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Ends when it and all that it has started are gone.</summary>
    public Task Gone => _gone.Task;

    /// <summary>Ends when it is gone and its window has been told, for which that has to read.</summary>
    public Task Told => _told.Task;

    /// <summary>Starts it and waits until it is ready; it lives on until it ends, <see cref="EndAsync"/> is called, or its window closes.</summary>
    /// <exception cref="BackendException">It did not become ready.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Window.Closed += EndWithWindow;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
        try
        {
            if (Window.IsClosed)
            {
                await _end.CancelAsync().ConfigureAwait(false);
            }

            await _session.StartAsync(either.Token).ConfigureAwait(false);
            IsReady = true;
        }
        catch
        {
            try
            {
                await _session.EndAsync().ConfigureAwait(false);
            }
            finally
            {
                Leave();
                _told.TrySetResult();
            }

            throw;
        }

        _ = LiveAsync();
    }

    public ValueTask SendAsync(string name, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => _session.EmitAsync(name, data, cancellationToken);

    /// <summary>Ends it, and returns when it is gone.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await Gone.ConfigureAwait(false);
    }

    /// <summary>Writes <c>{"id":1,"pid":42,"script":"resize"</c>, to which the caller adds the rest.</summary>
    public void WriteTo(IBufferWriter<byte> json)
    {
        json.Write("{\"id\":"u8);
        JsonText.WriteNumber(json, Id);
        json.Write(",\"pid\":"u8);
        JsonText.WriteNumber(json, _session.ProcessId ?? 0);
        json.Write(",\"script\":"u8);
        JsonText.WriteString(json, _script);
    }

    public async ValueTask OnEventAsync(string name, IpcPayload data)
    {
        if (data.IsBinary)
        {
            _log.EventRefused($"\"{name}\" carries bytes, which cannot be passed on to a page.");
            return;
        }

        await EmitAsync("process:message", isLast: false, json =>
        {
            json.Write(",\"event\":"u8);
            JsonText.WriteString(json, name);
            json.Write(",\"data\":"u8);
            json.Write(data.Memory.IsEmpty ? "null"u8 : data.Span);
        }).ConfigureAwait(false);
    }

    public void OnLine(string line, bool isError)
    {
        _log.Write(line, isError);
        _lines.Writer.TryWrite((line, isError));
    }

    public void OnStranger(int? processId) => _log.RefuseStranger(processId);

    public void OnError(Exception exception) => _log.Failed(exception);

    private async Task LiveAsync()
    {
        var lines = TellLinesAsync();
        try
        {
            await _session.Ended.WaitAsync(_end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It is to end.
        }

        IsReady = false;
        try
        {
            await _session.EndAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _log.Failed(exception);
        }

        // A page that does not read keeps neither its place nor who waits for its end.
        Leave();
        await lines.ConfigureAwait(false);
        await TellAsync("process:exit", isLast: true, json =>
        {
            json.Write(",\"code\":"u8);
            JsonText.WriteNumber(json, _session.ExitCode ?? -1);
        }).ConfigureAwait(false);
        _told.TrySetResult();
    }

    private async Task TellLinesAsync()
    {
        await foreach (var (text, isError) in _lines.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            await TellAsync(isError ? "process:stderr" : "process:stdout", isLast: false, json =>
            {
                json.Write(",\"data\":"u8);
                JsonText.WriteString(json, text);
            }).ConfigureAwait(false);
        }
    }

    // One that finds no room is left out; those after it are not.
    private async ValueTask TellAsync(string name, bool isLast, Action<IBufferWriter<byte>> writeRest)
    {
        try
        {
            await EmitAsync(name, isLast, writeRest).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _log.Failed(exception);
        }
    }

    private async ValueTask EmitAsync(string name, bool isLast, Action<IBufferWriter<byte>> writeRest)
    {
        using var json = new PooledBuffer();
        WriteTo(json);
        writeRest(json);
        json.Write("}"u8);
        if (isLast)
        {
            // Nothing tells it later.
            await Window.EmitAlwaysAsync(name, json.Memory).ConfigureAwait(false);
            return;
        }

        await Window.EmitAsync(name, json.Memory).ConfigureAwait(false);
    }

    private void EndWithWindow(object? sender, EventArgs e) => _ = _end.CancelAsync();

    private void Leave()
    {
        Window.Closed -= EndWithWindow;
        _lines.Writer.TryComplete();
        _onGone(this);
        _gone.TrySetResult();
    }
}
