using Oriel.Ipc;

namespace Oriel;

/// <summary>A program in another process whose functions pages can call, and whose events reach them.</summary>
/// <remarks>
/// The program is started with the address of a channel in <c>ORIEL_IPC_CHANNEL</c>, connects, and announces by <c>ready</c> what it
/// answers (docs/ipc.md); <see cref="ProcessBackendOptions.Transport"/> puts the messages on its standard streams instead. What it writes to its standard output and error goes to the log. When it dies it is started again; it and
/// all that it has started end with the application, also when that is killed. Thread-safe; <see cref="StateChanged"/> is
/// raised on the thread pool, and <see cref="LineWritten"/> too.
/// <code>
/// var backend = app.Backends.Add(new ProcessBackend("python3", "backend.py"));   // its commands appear under "backend."
/// </code>
/// </remarks>
public sealed class ProcessBackend
{
    private const int MaxNameLength = 24;

    // What the bridge tells of back ends: a page must be able to rely on it.
    private static readonly string[] ReservedEvents = ["backend:", "process:"];

    private volatile Parts? _parts;
    private bool _isAttached;

    /// <summary>Creates a back end.</summary>
    /// <param name="program">The program: a name that is looked for in <c>PATH</c>, or a path.</param>
    /// <param name="arguments">Its arguments, which reach it one by one.</param>
    public ProcessBackend(string program, params string[] arguments)
        : this(new ProcessBackendOptions { Program = program, Arguments = arguments })
    {
    }

    /// <summary>Creates a back end.</summary>
    /// <exception cref="ArgumentException">An option has no meaning.</exception>
    public ProcessBackend(ProcessBackendOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.Program, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.ReadyTimeout, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ShutdownTimeout, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Restart.Limit, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Restart.InitialDelay, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Restart.MaxDelay, TimeSpan.Zero, nameof(options));
        CheckName(options.Name);
        if (options.Transport is not (BackendTransport.LocalSocket or BackendTransport.StandardStreams))
        {
            throw new ArgumentException($"There is no transport {options.Transport}. Take one of BackendTransport.", nameof(options));
        }

        foreach (var name in options.ForwardedEvents)
        {
            EventName.Check(name);
        }

        Options = options;
    }

    /// <summary>Raised when <see cref="BackendStatus.State"/> changes, in order.</summary>
    /// <remarks>The back end goes on when the handlers have returned: one must not wait for it to start or to end.</remarks>
    public event EventHandler<BackendStateChangedEventArgs>? StateChanged;

    /// <summary>
    /// Raised for every line that it writes to its standard output or error, which the log gets too. The lines of one of the two come in
    /// order. A handler that takes its time holds up the back end's next print.
    /// </summary>
    public event EventHandler<BackendLineEventArgs>? LineWritten;

    /// <summary>How it is started, and what it may do.</summary>
    public ProcessBackendOptions Options { get; }

    /// <summary>What tells it from the application's others.</summary>
    public string Name => Options.Name;

    /// <summary>What is known of it now.</summary>
    public BackendStatus Status => _parts?.Supervisor.Status ?? new BackendStatus(BackendState.Stopped, null, 0, null, TimeSpan.Zero, []);

    /// <summary>What has passed over its channel in this life; null when it is not ready.</summary>
    public IpcChannelMetrics? Metrics => _parts?.Supervisor.Current?.Metrics;

    /// <summary>Starts it unless it runs, and waits until it is ready.</summary>
    /// <exception cref="BackendException">It cannot be started, or died too often; the message says what happened.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default) => Attached.Supervisor.StartAsync(cancellationToken);

    /// <summary>Ends it: by the end of its channel, then by a signal, then by force. Returns when it is gone, and what it has started.</summary>
    public Task StopAsync() => Attached.Supervisor.StopAsync();

    /// <summary>Ends it and starts it again.</summary>
    /// <inheritdoc cref="StartAsync" path="/exception"/>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await StopAsync().ConfigureAwait(false);
        await StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends its process by force, as a crash would: it is started again when <see cref="ProcessBackendOptions.Restart"/> says so.</summary>
    public void Kill() => Attached.Supervisor.Kill();

    /// <summary>Calls a method of it; waits while it starts.</summary>
    /// <param name="method">The method, by the back end's own name for it.</param>
    /// <param name="data">The arguments: one JSON value in UTF-8 without line feeds, empty for none; or bytes, if it reads them.</param>
    /// <param name="timeout">How long to wait for the answer; 30 s when null.</param>
    /// <param name="cancellationToken">Cancels the call, in the back end too.</param>
    /// <exception cref="IpcException">The call failed there word for word, timed out, or the back end does not run.</exception>
    public async Task<IpcPayload> RequestAsync(string method, IpcPayload data, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        var session = await Attached.Supervisor.GetAsync(cancellationToken).ConfigureAwait(false);
        return await session.RequestAsync(method, data, timeout ?? TimeSpan.FromSeconds(30), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends it an event; waits while it starts and while it is behind.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="data">One JSON value in UTF-8 without line feeds; or bytes, if it reads them.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="IpcException">The back end does not run.</exception>
    public async ValueTask EmitAsync(string name, IpcPayload data, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var session = await Attached.Supervisor.GetAsync(cancellationToken).ConfigureAwait(false);
        await session.EmitAsync(name, data, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The name of a back end or a plug-in: a piece of a command's name, and of a file's.</summary>
    internal static void CheckName(string name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > MaxNameLength || !name.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
        {
            throw new ArgumentException($"\"{name}\" cannot be a name here: it has 1 to {MaxNameLength} letters, digits, \"-\" and \"_\".", nameof(name));
        }

        if (name == "oriel")
        {
            throw new ArgumentException("\"oriel\" cannot be a name here: commands that begin with it are the window's own.", nameof(name));
        }
    }

    /// <summary>Makes it a part of an application.</summary>
    internal void Attach(OrielApp app)
    {
        if (Interlocked.Exchange(ref _isAttached, true))
        {
            throw new ArgumentException($"The back end \"{Name}\" belongs, or belonged, to an application already. Create another one.");
        }

        _parts = new Parts(this, app);
    }

    /// <summary>What pages call it by.</summary>
    /// <param name="prefix">What stands in front of its commands' names.</param>
    /// <param name="allows">Which of its commands pages may know of; all of them when null.</param>
    internal BackendProxy CreateProxy(string prefix, Predicate<string>? allows = null) => new(Name, prefix, Attached.Supervisor, allows);

    /// <summary>Begins to start; a failure is told by the state and the log.</summary>
    internal void Begin()
    {
        Attached.Listen();
        if (Options.StartsItself)
        {
            _ = Attached.Supervisor.StartAsync(CancellationToken.None).ContinueWith(static task => task.Exception, TaskScheduler.Default);
        }
    }

    /// <summary>Ends it for good.</summary>
    internal async Task EndAsync()
    {
        await Attached.Supervisor.StopAsync().ConfigureAwait(false);
        Attached.End();
    }

    private Parts Attached => _parts ?? throw new InvalidOperationException($"The back end \"{Name}\" belongs to no application yet: app.Backends.Add(backend).");

    /// <summary>What it consists of once it belongs to an application.</summary>
    private sealed class Parts : IBackendObserver
    {
        private readonly ProcessBackend _backend;
        private readonly OrielApp _app;
        private readonly BackendLog _log;
        private readonly StateAnnouncer _announcer;
        private readonly EventForwarder _forwarder;
        private List<IDisposable> _forwarded = [];

        public Parts(ProcessBackend backend, OrielApp app)
        {
            _backend = backend;
            _app = app;
            _log = new BackendLog(app.Log, backend.Name);
            _announcer = new StateAnnouncer(app, backend.Name, _log);
            _forwarder = new EventForwarder(_log);

            var options = backend.Options;
            var rights = new BackendRights(app, options.Name, options);
            var session = BackendSessionOptions.Of(options, rights, this, app.Options.IsDevelopment);
            Supervisor = new BackendSupervisor(options, () => new BackendSession(session), _log, Change);
        }

        public BackendSupervisor Supervisor { get; }

        public void Listen() => _forwarded = [.. _backend.Options.ForwardedEvents.Select(name => _app.Events.On(name, (_, data) => ForwardAsync(name, data)))];

        public void End()
        {
            _forwarded.ForEach(static subscription => subscription.Dispose());
            _announcer.End();
            _forwarder.End();
        }

        public async ValueTask OnEventAsync(string name, IpcPayload data)
        {
            if (data.IsBinary)
            {
                _log.EventRefused($"\"{name}\" carries bytes, which cannot be passed on to a page.");
                return;
            }

            if (Array.Exists(ReservedEvents, prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                _log.EventRefused($"\"{name}\" is a name that Oriel uses itself.");
                return;
            }

            try
            {
                await _app.Events.EmitAsync(name, data.Memory.IsEmpty ? "null"u8.ToArray() : data.Memory).ConfigureAwait(false);
            }
            catch (ArgumentException exception)
            {
                _log.EventRefused(exception.Message);
            }
        }

        public void OnLine(string line, bool isError)
        {
            _log.Write(line, isError);
            Raise(_backend.LineWritten, new BackendLineEventArgs(line, isError));
        }

        public void OnStranger(int? processId) => _log.RefuseStranger(processId);

        public void OnError(Exception exception) => _log.Failed(exception);

        private void Change(BackendStatus status)
        {
            _announcer.Announce(status.State);
            Raise(_backend.StateChanged, new BackendStateChangedEventArgs(status));
        }

        private void Raise<T>(EventHandler<T>? handler, T arguments)
        {
            try
            {
                handler?.Invoke(_backend, arguments);
            }
            catch (Exception exception)
            {
                // A listener that is broken must not end what it listens to.
                _log.Failed(exception);
            }
        }

        // What is emitted while nobody is there to hear it is dropped, as it is with pages.
        private ValueTask ForwardAsync(string name, ReadOnlyMemory<byte> data)
        {
            if (Supervisor.Current is { } session)
            {
                _forwarder.Add(session, name, data);
            }

            return ValueTask.CompletedTask;
        }
    }
}
