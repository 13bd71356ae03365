using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Oriel.Ipc;

namespace Oriel.Bench.Ipc;

/// <summary>Oriel's <see cref="IpcPeer"/> over a channel, as an application uses it.</summary>
internal sealed class PeerSubject : ISubject
{
    private const int SmallestBytes = 65_536;

    private readonly IpcPeer _peer;
    private readonly PeerMode _mode;
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
        var answer = await _peer.RequestAsync("echo", data);
        if (answer.Memory.Length != data.Memory.Length)
        {
            throw new InvalidOperationException($"{data.Memory.Length} bytes came back as {answer.Memory.Length}.");
        }
    }

    public async ValueTask SinkAsync(int size) => await _peer.RequestAsync("sink", await DataOfAsync(size));

    public ValueTask SendAsync(int size) => size == _size ? _peer.EmitAsync("tick", _data) : SendFirstAsync(size);

    public async ValueTask FlushAsync(long count) => await _peer.RequestAsync("flush", Encoding.ASCII.GetBytes(count.ToString(CultureInfo.InvariantCulture)));

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    private async ValueTask SendFirstAsync(int size) => await _peer.EmitAsync("tick", await DataOfAsync(size));

    private ValueTask<IpcPayload> DataOfAsync(int size) => size == _size ? new ValueTask<IpcPayload>(_data) : CreateAsync(size);

    private async ValueTask<IpcPayload> CreateAsync(int size)
    {
        if (size >= SmallestBytes && !_mode.IsText)
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
