using System.Globalization;
using System.Text;
using Oriel.Ipc;

namespace Oriel.Bench.Ipc;

/// <summary>Oriel's <see cref="IpcPeer"/> over a channel, as an application uses it.</summary>
internal sealed class PeerSubject : ISubject
{
    private readonly IpcPeer _peer;
    private byte[] _data = [];

    public PeerSubject(IIpcChannel channel)
    {
        _peer = new IpcPeer(channel, new IpcPeerOptions());
        _peer.Start();
    }

    public async ValueTask RoundTripAsync(int size)
    {
        var data = DataOf(size);
        var answer = await _peer.RequestAsync("echo", data);
        if (answer.Length != data.Length)
        {
            throw new InvalidOperationException($"{data.Length} bytes came back as {answer.Length}.");
        }
    }

    public async ValueTask SinkAsync(int size) => await _peer.RequestAsync("sink", DataOf(size));

    public ValueTask SendAsync(int size) => _peer.EmitAsync("tick", DataOf(size));

    public async ValueTask FlushAsync(long count) => await _peer.RequestAsync("flush", Encoding.ASCII.GetBytes(count.ToString(CultureInfo.InvariantCulture)));

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    // The text that makes a whole line of that size, with an id of one digit.
    private byte[] DataOf(int size)
    {
        const int Envelope = 56;
        var length = Math.Max(2, size - Envelope);
        var data = _data;
        if (data.Length != length)
        {
            data = new byte[length];
            data.AsSpan().Fill((byte)'x');
            data[0] = data[^1] = (byte)'"';
            _data = data;
        }

        return data;
    }
}
