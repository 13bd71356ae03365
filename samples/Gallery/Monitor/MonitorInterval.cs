namespace Gallery.Monitor;

/// <summary>How often the pages get a sample of the machine. All windows share it.</summary>
public sealed record MonitorInterval
{
    private const int Shortest = 100;
    private const int Longest = 5000;

    /// <param name="milliseconds">The time between two samples, 100 to 5000.</param>
    public MonitorInterval(int milliseconds)
    {
        if (milliseconds is < Shortest or > Longest)
        {
            throw new ArgumentOutOfRangeException(nameof(milliseconds), milliseconds, $"An interval has {Shortest} to {Longest} milliseconds.");
        }

        Milliseconds = milliseconds;
    }

    /// <summary>The time between two samples.</summary>
    public int Milliseconds { get; }

    /// <summary>What holds until a page asks for another.</summary>
    public static MonitorInterval Default { get; } = new(250);
}
