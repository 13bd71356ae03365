using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Oriel.Ipc;
using Oriel.Processes;

namespace Oriel;

/// <summary>One life of a back end: its process, its channel, and the lines that it writes, from the start to the end of all three.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "DisposeAsync disposes what it owns.")]
internal sealed class BackendSession : IAsyncDisposable
{
    // A process that left the group may keep the output open for ever.
    private static readonly TimeSpan LastLines = TimeSpan.FromSeconds(1);

    private readonly BackendSessionOptions _options;
    private readonly LineTail _tail = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _reading = new();
    private readonly Lock _gate = new();
    private GuardedProcess? _process;
    private IIpcChannel? _channel;
    private IpcPeer? _peer;
    private Task _lines = Task.CompletedTask;
    private Task? _disposed;
    private bool _hasExited;
    private bool _isKilled;
    private BackendConnection? _stranger;

    public BackendSession(BackendSessionOptions options) => _options = options;

    /// <summary>The methods that it has announced.</summary>
    public IReadOnlySet<string> Handlers { get; private set; } = new HashSet<string>();

    /// <summary>What has passed over its channel; null before it has connected.</summary>
    public IpcChannelMetrics? Metrics => _channel?.Metrics;

    /// <summary>Its process; null before it was started.</summary>
    public int? ProcessId => _process?.Id;

    /// <summary>Ends when the process has ended or the channel is closed, whichever is first.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Whether the process ended by itself with exit code 0; known after <see cref="EndAsync"/>.</summary>
    /// <remarks>One whose channel broke has not: it ends with exit code 0 because its channel did.</remarks>
    public bool HasEndedWell => _hasExited && ExitCode == 0 && _channel?.Error is null;

    /// <summary>Starts the process and waits until it is ready.</summary>
    /// <exception cref="BackendException">It could not be started, ended, or was not ready in time.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.ReadyTimeout, _options.TimeProvider);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await ConnectAsync(limit.Token).ConfigureAwait(false);
            await Task.WhenAny(_ready.Task, Ended).WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw NotReady();
        }

        if (Ended.IsCompleted)
        {
            await EndAsync().ConfigureAwait(false);
            throw new BackendException(DescribeEnd()) { MayRestart = true };
        }
    }

    /// <summary>Calls a method of it.</summary>
    public async ValueTask<IpcPayload> RequestAsync(string method, IpcPayload data, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await Peer.RequestAsync(method, data, timeout, cancellationToken).ConfigureAwait(false);
        }
        catch (IpcException exception) when (IsGone(exception))
        {
            throw Gone(method, exception);
        }
    }

    /// <summary>Calls a method of it that answers with a stream, or with progress and a single answer behind it.</summary>
    /// <returns>The single answer; null when the answer was a stream.</returns>
    public async ValueTask<IpcPayload?> StreamAsync(string method, ReadOnlyMemory<byte> data, Func<IpcPayload, ValueTask> onItem, CancellationToken cancellationToken)
    {
        try
        {
            return await Peer.RequestItemsAsync(method, data, onItem, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (IpcException exception) when (IsGone(exception))
        {
            throw Gone(method, exception);
        }
    }

    /// <summary>Calls a method of it that answers with a stream, whose items are read when they are wanted. Leaving it ends the stream there.</summary>
    /// <param name="method">The method.</param>
    /// <param name="data">Its arguments.</param>
    /// <param name="credit">How many items it may send ahead.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<IpcPayload> ReadStreamAsync(string method, ReadOnlyMemory<byte> data, int credit, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var items = Peer.RequestStreamAsync(method, data, credit, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync().ConfigureAwait(false))
        {
            yield return items.Current;
        }

        async ValueTask<bool> MoveNextAsync()
        {
            try
            {
                return await items.MoveNextAsync().ConfigureAwait(false);
            }
            catch (IpcException exception) when (IsGone(exception))
            {
                throw Gone(method, exception);
            }
        }
    }

    /// <summary>Sends it an event; waits while it is behind.</summary>
    public ValueTask EmitAsync(string name, IpcPayload data, CancellationToken cancellationToken) => Peer.EmitAsync(name, data, cancellationToken);

    /// <summary>Ends the process at once, as if it had crashed.</summary>
    public void Kill()
    {
        GuardedProcess? process;
        lock (_gate)
        {
            _isKilled = true;
            process = _process;
        }

        process?.Kill();
    }

    /// <summary>Ends it as gently as it lets us: by the end of its channel, then by a signal, then by force.</summary>
    public async Task EndAsync()
    {
        if (_peer is { } peer)
        {
            await ReadWhatIsLeftAsync().ConfigureAwait(false);
            try
            {
                await peer.ShutdownAsync(_options.ShutdownTimeout).ConfigureAwait(false);
            }
            catch (IpcException)
            {
                // It was gone already, or does not take what was sent: the signal follows.
            }
        }

        if (_process is { } process)
        {
            // Without a channel there is nothing whose end could tell it.
            _hasExited |= process.Exited.IsCompleted || (_peer is not null && await ExitsAsync(process).ConfigureAwait(false));
            if (!_hasExited && process.RequestEnd())
            {
                await ExitsAsync(process).ConfigureAwait(false);
            }
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Ends what is left, by force, and returns when it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        Task disposed;
        lock (_gate)
        {
            disposed = _disposed ??= DisposeCoreAsync();
        }

        await disposed.ConfigureAwait(false);
    }

    /// <summary>How it ended, for people; known after <see cref="EndAsync"/>.</summary>
    public string DescribeEnd()
    {
        var when = _ready.Task.IsCompleted ? "" : " before it was ready";
        var how = _hasExited ? $"ended{when} with {DescribeCode(ExitCode ?? 0)}"
            : _channel?.Error is null ? $"closed its channel{when} and ran on"
            : $"ran on{when} when its channel was closed";
        return $"The back end \"{_options.Name}\" {how}: {_options.Command}.{(_channel?.Error is { } error ? $" {LineReader.ForPeople(error.Message)}" : "")}{_tail}";
    }

    /// <summary>The exit code; null while the process runs.</summary>
    public int? ExitCode => _process is { Exited.IsCompletedSuccessfully: true } process ? process.Exited.Result : null;

    private IpcPeer Peer => _peer ?? throw new InvalidOperationException("The back end is not connected.");

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        // What stands for the place to connect to goes when somebody has connected, or nobody can any more.
        var listener = _options.Listen(_options.Name, _options.Limits);
        await using (listener.ConfigureAwait(false))
        {
            Launch(listener);

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var accepting = AcceptAsync(listener, limit.Token);
            if (await Task.WhenAny(accepting, Ended).ConfigureAwait(false) == accepting)
            {
                Talk(await accepting.ConfigureAwait(false));
                return;
            }

            await limit.CancelAsync().ConfigureAwait(false);
            await ((Task)accepting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (accepting.IsCompletedSuccessfully)
            {
                await accepting.Result.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private void Launch(IBackendListener listener)
    {
        var environment = new Dictionary<string, string?>(_options.Command.Environment)
        {
            ["ORIEL_DEVELOPMENT"] = _options.IsDevelopment ? "1" : null,
            ["PYTHONUNBUFFERED"] = _options.Command.Environment.GetValueOrDefault("PYTHONUNBUFFERED", "1"),
            ["PYTHONIOENCODING"] = _options.Command.Environment.GetValueOrDefault("PYTHONIOENCODING", "utf-8"),
        };
        foreach (var (variable, value) in listener.Environment)
        {
            environment[variable] = value;
        }

        var command = _options.Command with { Environment = environment, TakesInput = listener.UsesStandardStreams };

        lock (_gate)
        {
            _process = GuardedProcess.Start(command);

            if (_isKilled)
            {
                _process.Kill();
            }
        }

        var prints = listener.UsesStandardStreams ? Task.CompletedTask : ReadAsync(_process.Output, isError: false);
        _lines = Task.WhenAll(prints, ReadAsync(_process.Error, isError: true));
        _ = EndAfterAsync(_process.Exited);
    }

    private void Talk(IIpcChannel channel)
    {
        _channel = channel;
        _peer = new IpcPeer(channel, new IpcPeerOptions
        {
            Route = _options.Route,
            OnEvent = _options.Observer.OnEventAsync,
            OnError = _options.Observer.OnError,
            OnReady = ready =>
            {
                Handlers = ready.Handlers.ToHashSet(StringComparer.Ordinal);
                _ready.TrySetResult();
            },
            HeartbeatInterval = _options.HeartbeatInterval,
            HeartbeatTimeout = _options.HeartbeatTimeout,
            IncludeStackTraces = _options.IsDevelopment,
            Limits = _options.Limits,
            TimeProvider = _options.TimeProvider,
        });
        _ = EndAfterAsync(channel.Closed);
        _peer.Start();
    }

    private async Task<IIpcChannel> AcceptAsync(IBackendListener listener, CancellationToken cancellationToken)
    {
        while (true)
        {
            var connection = await listener.AcceptAsync(_process!, cancellationToken).ConfigureAwait(false);
            if (connection.ProcessId is { } pid && _process!.Contains(pid))
            {
                return connection.Channel;
            }

            // Whoever it is, it knows the address, and is not what we have started.
            _stranger = connection;
            _options.Observer.OnStranger(connection.ProcessId);
            await connection.Channel.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task DisposeCoreAsync()
    {
        // Leaves the caller's lock.
        await Task.Yield();

        if (_peer is { } peer)
        {
            await peer.DisposeAsync().ConfigureAwait(false);
        }

        if (_process is { } process)
        {
            process.Kill();
            await ReadLastLinesAsync().ConfigureAwait(false);
            await process.DisposeAsync().ConfigureAwait(false);
        }

        _ended.TrySetResult();
        _reading.Dispose();
    }

    private async Task ReadAsync(Stream stream, bool isError)
    {
        try
        {
            await LineReader.ReadAsync(stream, Take, _reading.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The process is gone, and somebody who left its group has kept its output open.
        }

        void Take(string line)
        {
            if (isError)
            {
                _tail.Add(line);
            }

            _options.Observer.OnLine(line, isError);
        }
    }

    // What it sent, or printed, just before it ended; its end is the end of the channel unless somebody else holds on to that.
    private async Task ReadWhatIsLeftAsync()
    {
        if (_process is { Exited.IsCompleted: true })
        {
            await Task.WhenAny(_channel!.Closed, Task.Delay(LastLines)).ConfigureAwait(false);
        }
    }

    private async Task ReadLastLinesAsync()
    {
        try
        {
            await _lines.WaitAsync(LastLines).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await _reading.CancelAsync().ConfigureAwait(false);
            await _lines.ConfigureAwait(false);
        }
    }

    private async Task<bool> ExitsAsync(GuardedProcess process)
    {
        try
        {
            await process.Exited.WaitAsync(_options.ShutdownTimeout, _options.TimeProvider).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task EndAfterAsync(Task task)
    {
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.TrySetResult();
    }

    private BackendException NotReady()
    {
        var found = _peer is not null ? "It is connected, but sent no \"ready\"" : Missing();
        return new BackendException($"The back end \"{_options.Name}\" was not ready within {_options.ReadyTimeout.TotalSeconds:0.###} s: {_options.Command}. {found}.{_tail}");
    }

    private string Missing() => _stranger switch
    {
        null => "It did not connect to the channel that ORIEL_IPC_CHANNEL names",
        { ProcessId: { } pid } => $"Process {pid} connected to the channel that ORIEL_IPC_CHANNEL names, and was refused: it does not descend from the back end",
        _ => "Somebody connected to the channel that ORIEL_IPC_CHANNEL names, and was refused: the system does not say which process it is",
    };

    private bool IsGone(IpcException exception) => exception.Code == IpcErrorCode.Disconnected && (_channel!.Closed.IsCompleted || Ended.IsCompleted);

    private IpcException Gone(string method, IpcException inner) =>
        new(IpcErrorCode.Disconnected, $"The back end \"{_options.Name}\" ended before it answered \"{method}\".", inner);

    private static string DescribeCode(int code) => code switch
    {
        137 => "exit code 137 (SIGKILL)",
        139 => "exit code 139 (SIGSEGV)",
        143 => "exit code 143 (SIGTERM)",
        _ => $"exit code {code}",
    };
}
