namespace Oriel;

/// <summary>What has happened to a list.</summary>
/// <param name="Kind">What.</param>
/// <param name="Index">Where; for a move, from where.</param>
/// <param name="To">For a move, where to: the index when it was taken out.</param>
/// <param name="Item">The new item, of an insert and a replacement.</param>
internal readonly record struct ListChange<T>(ListChangeKind Kind, int Index, int To, T Item);
