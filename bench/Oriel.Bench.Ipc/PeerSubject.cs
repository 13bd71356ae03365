using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Oriel.Ipc;

namespace Oriel.Bench.Ipc;

/// <summary>Oriel's <see cref="IpcPeer"/> over a channel, as an application uses it.</summary>
internal sealed class PeerSubject : ISubject
{
    private const int SmallestLarge = 65_536;

    private readonly IpcPeer _peer;
    private readonly PeerMode _mode;
    private readonly ArrayBufferWriter<byte> _answer = new();
    private IpcPayload _data;
    private int _size;

    public PeerSubject(IIpcChannel channel, PeerMode mode)
    {
        _mode = mode;
        _peer = new IpcPeer(channel, new IpcPeerOptions { AllowSynchronousContinuations = mode.IsInline });
        _peer.Start();
    }

    // What is measured is the call: a box for each await of this program is none of it.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask RoundTripAsync(int size)
    {
        var data = await DataOfAsync(size);
        var length = size < SmallestLarge ? (await _peer.RequestAsync("echo", data)).Memory.Length : await ReceiveLargeAsync(data);
        if (length != data.Memory.Length)
        {
            throw new InvalidOperationException($"{data.Memory.Length} bytes came back as {length}.");
        }
    }

    public async ValueTask SinkAsync(int size) => await _peer.RequestAsync("sink", await DataOfAsync(size));

    public ValueTask SendAsync(int size) => size == _size ? _peer.EmitAsync("tick", _data) : SendFirstAsync(size);

    public async ValueTask FlushAsync(long count) => await _peer.RequestAsync("flush", Encoding.ASCII.GetBytes(count.ToString(CultureInfo.InvariantCulture)));

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    private async ValueTask SendFirstAsync(int size) => await _peer.EmitAsync("tick", await DataOfAsync(size));

    // Into a buffer that is used again, as the floor's.
    private async ValueTask<int> ReceiveLargeAsync(IpcPayload data)
    {
        _answer.ResetWrittenCount();
        await _peer.RequestAsync("echo", data, _answer);
        return _answer.WrittenCount;
    }

    private ValueTask<IpcPayload> DataOfAsync(int size) => size == _size ? new ValueTask<IpcPayload>(_data) : CreateAsync(size);

    private async ValueTask<IpcPayload> CreateAsync(int size)
    {
        if (size >= SmallestLarge && !_mode.IsText)
        {
            // Only who has said that it reads bytes is sent any.
            await _peer.Ready;
            var bytes = new byte[size];
            bytes.AsSpan().Fill(PeerEcho.Filling);
            _data = IpcPayload.FromBytes(bytes);
        }
        else
        {
            // What makes a whole line of that size: the envelope of a request, its id included, has some 60 bytes.
            const int Envelope = 60;
            var text = new byte[Math.Max(2, size - Envelope)];
            text.AsSpan().Fill(PeerEcho.Filling);
            text[0] = text[^1] = (byte)'"';
            _data = text;
        }

        _size = size;
        return _data;
    }
}
