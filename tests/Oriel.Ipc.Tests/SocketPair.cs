namespace Oriel.Ipc.Tests;

/// <summary>Both ends of a real socket in one process.</summary>
internal sealed class SocketPair : IAsyncDisposable
{
    private SocketPair(LocalSocketListener listener, LocalSocketChannel server, LocalSocketChannel client)
    {
        Listener = listener;
        Server = server;
        Client = client;
    }

    public LocalSocketListener Listener { get; }

    public LocalSocketChannel Server { get; }

    public LocalSocketChannel Client { get; }

    public static async Task<SocketPair> CreateAsync(LocalSocketAddress address, LocalSocketOptions? options = null)
    {
        var listener = LocalSocketListener.Listen(address, options);
        var client = LocalSocketChannel.ConnectAsync(address, options);
        var server = await listener.AcceptAsync().InTime();
        return new SocketPair(listener, server, await client.InTime());
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
        await Listener.DisposeAsync();
    }
}

/// <summary>A folder of a test's own.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("oriel-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
