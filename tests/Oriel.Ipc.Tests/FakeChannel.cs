using System.Buffers;
using System.Collections.Concurrent;

namespace Oriel.Ipc.Tests;

/// <summary>Keeps what it is given, and gives what the test hands it. It writes each message, as channels of bytes do, and takes none at once, as the one to a page.</summary>
internal sealed class FakeChannel : IIpcChannel
{
    public string Name => "fake";

    public Task Closed { get; } = new TaskCompletionSource().Task;

    public IpcError? Error => null;

    public bool IsShutdown => false;

    public bool IsAborted { get; private set; }

    public IpcChannelMetrics Metrics { get; } = new("fake", "test");

    public IReadOnlyList<string> WireFeatures => [];

    public Func<IpcMessage, ValueTask>? Handler { get; private set; }

    public ConcurrentQueue<IpcMessage> Sent { get; } = new();

    /// <summary>The first message that could be written.</summary>
    public TaskCompletionSource<IpcMessage> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool TrySend(in IpcMessage message) => false;

    public ValueTask SendAsync(IpcMessage message, CancellationToken cancellationToken = default)
    {
        EnvelopeWriter.Write(new ArrayBufferWriter<byte>(), message);
        Sent.Enqueue(message);
        Answer.TrySetResult(message);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IpcMessage?> ReceiveAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IpcMessage? Receive(TimeSpan timeout) => throw new NotSupportedException();

    public bool TryReceive(out IpcMessage message) => throw new NotSupportedException();

    public void OnMessage(Func<IpcMessage, ValueTask> handler) => Handler = handler;

    public ValueTask DrainAsync(TimeSpan timeout) => ValueTask.CompletedTask;

    public void Shutdown()
    {
    }

    public void Abort(IpcError reason) => IsAborted = true;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
