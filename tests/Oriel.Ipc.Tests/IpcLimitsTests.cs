namespace Oriel.Ipc.Tests;

/// <summary>Limits that are none.</summary>
public sealed class IpcLimitsTests
{
    // The length of a binary frame and its head were more than an int holds.
    public static TheoryData<string, IpcLimits> Impossible => new()
    {
        { nameof(IpcLimits.MaxMessageBytes), new IpcLimits { MaxMessageBytes = int.MaxValue } },
        { nameof(IpcLimits.MaxMessageBytes), new IpcLimits { MaxMessageBytes = 0 } },
        { nameof(IpcLimits.MaxDepth), new IpcLimits { MaxDepth = -1 } },
        { nameof(IpcLimits.MaxDepth), new IpcLimits { MaxDepth = int.MaxValue } },
        { nameof(IpcLimits.MaxNameBytes), new IpcLimits { MaxNameBytes = 65_536 } },
        { nameof(IpcLimits.MaxRequestsInFlight), new IpcLimits { MaxRequestsInFlight = 0 } },
        { nameof(IpcLimits.MaxBytesInFlight), new IpcLimits { MaxBytesInFlight = 0 } },
        { nameof(IpcLimits.MaxQueuedEvents), new IpcLimits { MaxQueuedEvents = 0 } },
        { nameof(IpcLimits.MaxStreams), new IpcLimits { MaxStreams = 0 } },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public async Task A_limit_that_cannot_be_kept_is_refused_by_name_where_a_channel_is_made(string name, IpcLimits limits)
    {
        using var folder = new TemporaryFolder();
        var address = LocalSocketAddress.Parse(Path.Combine(folder.Path, "s.sock"));
        var options = new LocalSocketOptions { Limits = limits };

        var listening = Assert.Throws<ArgumentOutOfRangeException>(() => LocalSocketListener.Listen(address, options));
        var connecting = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => LocalSocketChannel.ConnectAsync(address, options).InTime());
        var opening = Assert.Throws<ArgumentOutOfRangeException>(() => new StdioChannel("test", Stream.Null, Stream.Null, new StdioOptions { Limits = limits }));

        Assert.All([listening, connecting, opening], refused => Assert.Contains($"IpcLimits.{name} is 1 to", refused.Message, StringComparison.Ordinal));
    }
}
