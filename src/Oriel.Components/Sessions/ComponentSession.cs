using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Oriel.Components.Rendering;
using Oriel.Components.Wire;

namespace Oriel.Components;

/// <summary>One tree of components, for one document: what it renders goes to the page, what happens in the page comes back.</summary>
/// <remarks>
/// The tree's work is done on its <see cref="Dispatcher"/>. A failure that no component handles ends this session and no other.
/// </remarks>
internal sealed class ComponentSession : IAsyncDisposable
{
    // Handlers that a page has called and that have not ended: what they were given is held until they have.
    private const int MaxUnderWay = 4_096;
    private const long MaxUnderWayBytes = 64L * 1024 * 1024;
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, Func<JsonElement, ValueTask>> _handlers = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AsyncServiceScope _scope;
    private readonly ComponentsOptions _options;
    private readonly ILogger _logger;
    private readonly Outbox _outbox;
    private readonly Inbox _inbox;
    private readonly PageRenderer _renderer;
    private volatile IPageConnection? _latest;
    private int _underWay;
    private long _underWayBytes;
    private int _isEnding;

    public ComponentSession(AsyncServiceScope scope, SessionStart start, Window? window)
    {
        _scope = scope;
        Start = start;
        Window = window;
        Id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        Ending = _ending.Token;
        Services.GetRequiredService<SessionContext>().Session = this;
        _options = Services.GetRequiredService<ComponentsOptions>();
        var loggers = Services.GetRequiredService<ILoggerFactory>();
        _logger = loggers.CreateLogger<ComponentSession>();
        _outbox = new(OnBroken);
        _inbox = new(Handle, MaxMessageBytes);
        _renderer = new(this, _outbox, Services, loggers);
    }

    /// <summary>32 hexadecimal characters that nobody guesses.</summary>
    public string Id { get; }

    private int MaxMessageBytes => Start.MaxMessageBytes ?? _options.Limits.MaxMessageBytes;

    /// <summary>What the log calls it: who reads the log is not to speak for the page.</summary>
    public string LogName => Id[..8];

    public SessionStart Start { get; }

    /// <summary>The renderer's: all of the tree's work is done on it.</summary>
    public Microsoft.AspNetCore.Components.Dispatcher Dispatcher => _renderer.Dispatcher;

    public PageRenderer Renderer => _renderer;

    /// <summary>The session's scope.</summary>
    public IServiceProvider Services => _scope.ServiceProvider;

    /// <summary>The window that shows the page; null when it is served to a browser.</summary>
    public Window? Window { get; }

    /// <summary>Completes when the session is over and the connection has taken its last message. Components may still be disposing of themselves.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Is cancelled when the session begins to end.</summary>
    public CancellationToken Ending { get; }

    /// <summary>Whether it is over, or about to be.</summary>
    public bool IsEnding => Volatile.Read(ref _isEnding) != 0;

    /// <summary>What nothing handled and the session ended for; null while there is no such thing.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Completes when its components and services are disposed of, too.</summary>
    public Task Disposed => _disposed.Task;

    /// <summary>Handles the messages of a kind: on the <see cref="Dispatcher"/>, in order. What the handler awaits does not hold the next message up.</summary>
    /// <param name="kind">The third member of the messages.</param>
    /// <param name="handler">
    /// Gets the whole message, which lives until the handler returns its task. What it throws ends the session; what a page must not send it refuses with a
    /// <see cref="PageProtocolException"/>.
    /// </param>
    public void On(string kind, Func<JsonElement, ValueTask> handler) => _handlers.Add(kind, handler);

    /// <summary>Sends a control message, in order with all others; from any thread.</summary>
    /// <param name="kind">Its third member.</param>
    /// <param name="arguments">Writes the members behind the kind.</param>
    public void Send(string kind, Action<Utf8JsonWriter>? arguments = null)
    {
        using var writer = Message(kind, arguments);
        try
        {
            if (!_outbox.Send(writer))
            {
                EndBehind();
            }
        }
        catch (MessageTooLongException exception)
        {
            Fail(exception);
        }
    }

    /// <summary>Sends a frame.</summary>
    /// <returns>When the page has applied it.</returns>
    public Task SendFrame(FrameWriter writer)
    {
        try
        {
            if (!_outbox.SendFrame(writer, out var applied))
            {
                EndBehind();
            }

            return applied;
        }
        catch (MessageTooLongException exception)
        {
            Fail(exception);
            return Task.FromCanceled(new(canceled: true));
        }
    }

    /// <summary>Sends by the connection what a buffer holds whose answer does not get to the page.</summary>
    public void Return(TurnBuffer turn) => _outbox.Return(turn);

    /// <summary>Makes content available to the page, for one GET.</summary>
    /// <remarks>Also while the page is away: it fetches the content when it comes back.</remarks>
    public PublishedContent Publish(Func<Stream> open, string mediaType) => _latest!.Publish(open, mediaType);

    /// <summary>Handles a message of the page.</summary>
    /// <param name="message">The message, which is the session's from now on.</param>
    /// <param name="turn">Takes what is sent meanwhile; without it all goes to the connection.</param>
    /// <returns>When the synchronous part of the message has run, and of those that had to come before it.</returns>
    public async ValueTask ReceiveAsync(ReadOnlyMemory<byte> message, TurnBuffer? turn)
    {
        try
        {
            if (message.Length > MaxMessageBytes)
            {
                await RefuseAsync(message).ConfigureAwait(false);
                return;
            }

            var parsed = UpMessage.Parse(message);
            await AcceptAsync(parsed, turn).ConfigureAwait(false);
        }
        catch (PageProtocolException exception)
        {
            Fail(exception);
        }
    }

    /// <summary>Goes on with a page that comes back: sends what it has not applied.</summary>
    /// <param name="connection">The new way to the page.</param>
    /// <param name="applied">The last message that the page has applied, all before it included.</param>
    public void Attach(IPageConnection connection, long applied)
    {
        try
        {
            _latest = connection;
            _outbox.Attach(connection, applied);
        }
        catch (PageProtocolException exception)
        {
            Fail(exception);
            return;
        }

        // What was held back for the page is rendered, and components do what they do after a render: not on the caller's thread, who may hold a lock.
        _ = Task.Run(() => Dispatcher.InvokeAsync(() =>
        {
            try
            {
                if (!IsEnding)
                {
                    _renderer.Acknowledge(applied);
                }
            }
            catch (Exception exception)
            {
                Fail(exception);
            }
        }));
    }

    /// <summary>Keeps what is sent until the page comes back.</summary>
    public void Detach()
    {
        _outbox.Detach();
        _ = Dispatcher.InvokeAsync(_inbox.Clear);
    }

    /// <summary>Ends the session for an exception that nothing handles: logs it and tells the page.</summary>
    public void Fail(Exception exception)
    {
        if (IsEnding)
        {
            _logger.FailedWhileEnding(LogName, exception);
            return;
        }

        if (exception is PageProtocolException)
        {
            _logger.PageRefused(LogName, exception.Message);
        }
        else
        {
            _logger.SessionFailed(LogName, exception);
        }

        _ = EndAsync(exception);
    }

    /// <summary>Ends the session and disposes of its components and services.</summary>
    public async ValueTask DisposeAsync()
    {
        _ = EndAsync(null);
        await _disposed.Task.ConfigureAwait(false);
    }

    /// <summary>Begins: tells the page what it is to know, and renders.</summary>
    internal void Begin(RootComponent root, IPageConnection connection)
    {
        _latest = connection;
        _outbox.Attach(connection, 0);
        Greet();
        _ = Dispatcher.InvokeAsync(() =>
        {
            try
            {
                foreach (var part in Services.GetServices<ISessionPart>())
                {
                    part.Attach(this);
                }

                _renderer.Begin(root);
            }
            catch (Exception exception)
            {
                Fail(exception);
            }
        });
    }

    private static FrameWriter Message(string kind, Action<Utf8JsonWriter>? arguments)
    {
        var writer = new FrameWriter();
        writer.Begin();
        writer.Text(kind);
        arguments?.Invoke(writer.Json);
        writer.End();
        return writer;
    }

    private void Greet() => Send("hello", json =>
    {
        json.WriteStartObject();
        json.WriteString("session", Id);
        json.WriteBoolean("development", _options.IsDevelopment);
        json.WriteStartObject("roots");
        foreach (var (id, place) in _renderer.Roots)
        {
            json.WriteString($"{id}", place);
        }

        json.WriteEndObject();
        json.WriteNumber("maxMessage", MaxMessageBytes);
        json.WriteEndObject();
    });

    private Task AcceptAsync(UpMessage message, TurnBuffer? turn) => Dispatcher.InvokeAsync(() =>
    {
        if (IsEnding)
        {
            message.Dispose();
            return Task.CompletedTask;
        }

        return _inbox.Take(message, turn);
    });

    // A page of ours does not send such a message. Its number is used up all the same, or all that follow it would wait for ever.
    private Task RefuseAsync(ReadOnlyMemory<byte> message)
    {
        var number = UpMessage.NumberOf(message.Span) ?? throw new PageProtocolException("The page sent a message that is too long and has no number.");
        return AcceptAsync(UpMessage.Refused(number, message.Length), null);
    }

    private void Handle(UpMessage message, TurnBuffer? turn)
    {
        if (IsEnding)
        {
            message.Dispose();
            return;
        }

        _outbox.BeginTurn(turn);
        try
        {
            // May render what was held back, in which the message is not: a page that is told otherwise puts old text over what is being typed.
            _renderer.Acknowledge(message.Acknowledged);
            _outbox.Handled(message.Number);
            var work = Handle(message);
            if (!work.IsCompletedSuccessfully)
            {
                _ = FinishAsync(work, message.Length);
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
        finally
        {
            message.Dispose();
            _outbox.EndTurn();
        }
    }

    private ValueTask Handle(UpMessage message)
    {
        if (message.Kind == UpMessage.Acknowledgement)
        {
            return default;
        }

        if (message.Kind == UpMessage.TooLong)
        {
            var length = message.Content.GetInt64();
            _logger.MessageTooLong(LogName, length, MaxMessageBytes);
            Send("refused", json =>
            {
                json.WriteNumberValue(message.Number);
                json.WriteStringValue($"A message of {length:N0} bytes was refused: at most {MaxMessageBytes:N0} are taken (ComponentsOptions.Limits.MaxMessageBytes, and of browsers ServeOptions.MaxMessageBytes).");
            });
            return default;
        }

        if (_underWay >= MaxUnderWay || (_underWay > 0 && _underWayBytes + message.Length > MaxUnderWayBytes))
        {
            throw new PageProtocolException(
                $"The page sent more while handlers of {_underWay:N0} messages with {_underWayBytes:N0} bytes had not ended: {MaxUnderWay:N0} and {MaxUnderWayBytes:N0} may be under way.");
        }

        return _handlers.TryGetValue(message.Kind, out var handler)
            ? handler(message.Content)
            : throw new PageProtocolException("The page sent a message of a kind that nothing handles.");
    }

    // On the dispatcher, before and after it waits.
    private async Task FinishAsync(ValueTask work, int length)
    {
        _underWay++;
        _underWayBytes += length;
        try
        {
            await work;
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
        finally
        {
            _underWay--;
            _underWayBytes -= length;
        }
    }

    private void OnBroken(IPageConnection connection, Exception exception)
    {
        if (connection.CanResume || IsEnding)
        {
            _logger.ConnectionBroken(LogName, exception);
            return;
        }

        if (exception is OperationCanceledException)
        {
            _logger.ConnectionBroken(LogName, exception);
        }
        else
        {
            _logger.PageLost(LogName, exception);
        }

        _ = EndAsync(null);
    }

    private void EndBehind()
    {
        if (!IsEnding)
        {
            _logger.PageBehind(LogName);
            _ = EndAsync(null);
        }
    }

    private async Task EndAsync(Exception? exception)
    {
        if (Interlocked.Exchange(ref _isEnding, 1) != 0)
        {
            return;
        }

        Failure = exception;
        if (exception is not null)
        {
            using var writer = Message("error", json =>
            {
                json.WriteStartObject();
                json.WriteString("message", TextFor(exception));
                json.WriteString("details", _options.IsDevelopment ? exception.ToString() : null);
                json.WriteEndObject();
            });
            _outbox.SendLast(writer);
        }

        _outbox.Close();

        // What ends a session may be rendering: its components are disposed of when that is over.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await DisposeQuietlyAsync(_ending.CancelAsync).ConfigureAwait(false);
        await Task.WhenAny(_outbox.DrainAsync(), Task.Delay(s_farewell)).ConfigureAwait(false);
        _outbox.Detach();
        _ended.TrySetResult();
        await DisposeQuietlyAsync(() => Dispatcher.InvokeAsync(_inbox.Clear)).ConfigureAwait(false);
        await DisposeQuietlyAsync(() => Dispatcher.InvokeAsync(() => _renderer.DisposeAsync().AsTask())).ConfigureAwait(false);
        await DisposeQuietlyAsync(() => _scope.DisposeAsync().AsTask()).ConfigureAwait(false);
        _ending.Dispose();
        _disposed.TrySetResult();
    }

    // What an exception says may be nobody's business but the application's: a browser is told where to look for it. What the page did wrong it may know.
    private string TextFor(Exception exception) => Window is not null || _options.IsDevelopment || exception is PageProtocolException
        ? exception.Message
        : $"Something has failed. The application's log tells more at session {LogName}.";

    // Each step gets so much time: what never completes must not keep the session's place, or the program from ending.
    private async Task DisposeQuietlyAsync(Func<Task> dispose)
    {
        try
        {
            await Task.Run(dispose).WaitAsync(_options.DisposalTimeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _logger.NotDisposed(LogName, _options.DisposalTimeout);
        }
        catch (Exception exception)
        {
            _logger.FailedWhileEnding(LogName, exception);
        }
    }
}
