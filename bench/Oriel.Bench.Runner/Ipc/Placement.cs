namespace Oriel.Bench.Runner;

/// <summary>Where the two processes of a pair run. On one kind of machine this alone moves the floor sixfold.</summary>
/// <param name="Name">For tables.</param>
/// <param name="Measuring">The core of the side that measures; null for any.</param>
/// <param name="Echoing">The core of the other side.</param>
internal sealed record Placement(string Name, int? Measuring, int? Echoing)
{
    /// <summary>What is measured is the length of the path through the code.</summary>
    public static Placement OneCore { get; } = new("one core", 0, 0);

    /// <summary>What is measured is mostly how long an idle core takes to wake.</summary>
    public static Placement TwoCores { get; } = new("two cores", 1, 0);

    /// <summary>As it is for a user: the scheduler decides, differently from run to run.</summary>
    public static Placement Unpinned { get; } = new("unpinned", null, null);

    public static IReadOnlyList<Placement> All { get; } = [OneCore, TwoCores, Unpinned];
}
