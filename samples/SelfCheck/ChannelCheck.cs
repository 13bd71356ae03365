using System.Buffers;
using Oriel.Ipc;

namespace SelfCheck;

/// <summary>Both ends of a channel between processes, in one: a call in JSON, bytes large enough for shared memory, and an event.</summary>
internal static class ChannelCheck
{
    /// <summary>Runs the check; null when all is well.</summary>
    public static async Task<string?> RunAsync(CancellationToken cancellationToken)
    {
        var address = LocalSocketAddress.CreateUnique("self-check");
        await using var listener = LocalSocketListener.Listen(address);
        var accepting = listener.AcceptAsync(cancellationToken);
        var connected = await LocalSocketChannel.ConnectAsync(address, cancellationToken: cancellationToken);
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);

        await using var server = new IpcPeer(await accepting, new IpcPeerOptions
        {
            Route = static method => method == "echo" ? new IpcRoute(Echo) : null,
            Handlers = ["echo"],
            OnEvent = (name, _) =>
            {
                heard.TrySetResult(name);
                return ValueTask.CompletedTask;
            },
        });
        await using var client = new IpcPeer(connected, new IpcPeerOptions());
        server.Start();
        client.Start();
        await client.AnnounceAsync(cancellationToken);
        var ready = await client.Ready.WaitAsync(cancellationToken);

        var text = await client.RequestAsync("echo", "[1,\"two\"]"u8.ToArray(), cancellationToken: cancellationToken);
        var bytes = await client.RequestAsync("echo", IpcPayload.FromBytes(new byte[1_000_000]), cancellationToken: cancellationToken);
        await client.EmitAsync("noted", default, cancellationToken);

        return (ready.Handlers, text.Span.SequenceEqual("[1,\"two\"]"u8), bytes, await heard.Task.WaitAsync(cancellationToken)) switch
        {
            (not ["echo"], _, _, _) => "the handlers were not announced",
            (_, false, _, _) => "JSON did not come back as it was",
            (_, _, { IsBinary: false } or { Memory.Length: not 1_000_000 }, _) => "bytes did not come back as they were",
            (_, _, _, not "noted") => "the event did not arrive",
            _ => null,
        };
    }

    private static ValueTask Echo(IpcCall call)
    {
        call.Result.Write(call.Arguments.Span);
        call.IsResultBinary = call.HasBinaryArguments;
        return ValueTask.CompletedTask;
    }
}
