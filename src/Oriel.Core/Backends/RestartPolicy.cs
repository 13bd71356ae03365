namespace Oriel;

/// <summary>When a back end that died is started again.</summary>
public sealed record RestartPolicy
{
    /// <summary>Five times in a minute.</summary>
    public static RestartPolicy Default { get; } = new();

    /// <summary>Never: it has failed when it died.</summary>
    public static RestartPolicy Never { get; } = new() { Limit = 0 };

    /// <summary>How often within <see cref="Period"/>; one death more, and the back end has failed for good. 5 by default, 0 for never.</summary>
    public int Limit { get; init; } = 5;

    /// <summary>What the deaths are counted in; one minute by default.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The pause before the first restart, doubled with each further death in the period; 0.25 s by default.</summary>
    public TimeSpan InitialDelay { get; init; } = TimeSpan.FromSeconds(0.25);

    /// <summary>The longest pause; 10 s by default.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(10);
}
