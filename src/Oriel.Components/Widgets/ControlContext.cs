namespace Oriel.Components.Widgets;

/// <summary>What the surroundings of a control say about it.</summary>
/// <param name="ControlId">The id that a label refers to.</param>
/// <param name="DescribedBy">Ids of the elements that describe it, divided by spaces.</param>
/// <param name="IsInvalid">Whether an error is shown.</param>
/// <param name="IsRequired">Whether it must be filled.</param>
internal sealed record ControlContext(string? ControlId, string? DescribedBy, bool IsInvalid, bool IsRequired)
{
    /// <summary>Adds a description.</summary>
    public static ControlContext Describe(ControlContext? outer, string id) => outer is null
        ? new ControlContext(null, id, false, false)
        : outer with { DescribedBy = outer.DescribedBy is null ? id : $"{outer.DescribedBy} {id}" };
}
