namespace Oriel.Ipc;

/// <summary>How a channel in one process is made.</summary>
public record ThreadChannelOptions
{
    /// <summary>For logs; its ends are called <c>NAME_a</c> and <c>NAME_b</c>.</summary>
    public string Name { get; init; } = "thread";

    /// <summary>How many messages may wait in each direction; 1 or more, 1,024 by default.</summary>
    public int Capacity { get; init; } = ThreadChannel.DefaultCapacity;

    /// <summary>What happens when as many wait.</summary>
    public FullQueuePolicy WhenFull { get; init; } = FullQueuePolicy.Wait;
}
