using Oriel.Ipc;

namespace Oriel.Processes.Tests;

/// <summary>One life of a back end, whose connections the test makes up.</summary>
public sealed class BackendSessionTests
{
    [Fact]
    public async Task Who_connects_without_the_system_saying_who_it_is_is_refused()
    {
        var observer = new Observer();
        var (ours, theirs) = ThreadChannel.CreatePair();
        await using var session = CreateSession(observer, new BackendConnection(ours, null));
        using var stop = new CancellationTokenSource();
        var starting = session.StartAsync(stop.Token);
        Assert.Null(await observer.Stranger.InTime());
        await theirs.Closed.InTime();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting.InTime());
    }

    [Fact]
    public async Task One_that_was_never_ready_because_it_was_refused_is_told_so()
    {
        var (ours, theirs) = ThreadChannel.CreatePair();
        var time = new ManualTime();
        await using var session = new BackendSession(Options(new Observer()) with
        {
            Listen = (_, _) => new Listener(new Queue<BackendConnection>([new BackendConnection(ours, Environment.ProcessId)])),
            TimeProvider = time,
        });
        var starting = session.StartAsync(CancellationToken.None);
        await theirs.Closed.InTime();
        time.Advance(TimeSpan.FromMinutes(1));
        var exception = await Assert.ThrowsAsync<BackendException>(() => starting.InTime());

        Assert.Contains($"Process {Environment.ProcessId} connected", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("did not connect", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_that_cannot_be_listened_at_is_told_and_nothing_is_started()
    {
        var observer = new Observer();
        await using var session = new BackendSession(Options(observer) with { Listen = static (_, _) => throw new BackendException("There is no place.") });

        await Assert.ThrowsAsync<BackendException>(() => session.StartAsync(CancellationToken.None));
        Assert.Null(session.ProcessId);
    }

    private static BackendSession CreateSession(Observer observer, params BackendConnection[] connections) =>
        new(Options(observer) with { Listen = (_, _) => new Listener(new Queue<BackendConnection>(connections)) });

    private static BackendSessionOptions Options(Observer observer) => new()
    {
        Name = "test",
        Command = new ProcessCommand("sleep", ["600"]),
        Listen = static (_, _) => throw new NotSupportedException(),
        Observer = observer,
    };

    private sealed class Observer : IBackendObserver
    {
        private readonly TaskCompletionSource<int?> _stranger = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<int?> Stranger => _stranger.Task;

        public ValueTask OnEventAsync(string name, IpcPayload data) => ValueTask.CompletedTask;

        public void OnLine(string line, bool isError)
        {
        }

        public void OnStranger(int? processId) => _stranger.TrySetResult(processId);

        public void OnError(Exception exception)
        {
        }
    }

    private sealed class Listener(Queue<BackendConnection> connections) : IBackendListener
    {
        public IReadOnlyDictionary<string, string?> Environment { get; } = new Dictionary<string, string?>();

        public bool UsesStandardStreams => false;

        public async ValueTask<BackendConnection> AcceptAsync(GuardedProcess process, CancellationToken cancellationToken)
        {
            if (!connections.TryDequeue(out var connection))
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return connection;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
