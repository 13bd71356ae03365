using System.Text;
using Oriel.Ipc;

namespace Oriel.Bench.Ipc;

/// <summary>The bare channel: messages, but no calls; blocking on both sides.</summary>
internal sealed class ChannelSubject(IIpcChannel channel) : ISubject
{
    private byte[] _data = [];

    /// <summary>The other side: answers until the channel ends.</summary>
    public static void Echo(IIpcChannel channel)
    {
        while (channel.Receive(Timeout.InfiniteTimeSpan) is { } request)
        {
            channel.Send(IpcMessage.Response(request.Id, request.Data));
        }
    }

    public ValueTask RoundTripAsync(int size)
    {
        const int Envelope = 56;
        var length = Math.Max(2, size - Envelope);
        if (_data.Length != length)
        {
            _data = Encoding.ASCII.GetBytes($"\"{new string('x', length - 2)}\"");
        }

        channel.Send(IpcMessage.Request(new IpcId(1), "echo", _data));
        var answer = channel.Receive(Timeout.InfiniteTimeSpan) ?? throw new InvalidOperationException("The other side is gone.");
        return answer.Data.Length == length ? ValueTask.CompletedTask : throw new InvalidOperationException($"{length} bytes came back as {answer.Data.Length}.");
    }

    public ValueTask DisposeAsync() => channel.DisposeAsync();
}
