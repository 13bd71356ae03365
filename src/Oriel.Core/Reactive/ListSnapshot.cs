using System.Collections.Immutable;

namespace Oriel;

/// <summary>A list at a version, and how it came to be.</summary>
/// <param name="Items">What is in it.</param>
/// <param name="Version">The version.</param>
/// <param name="Changes">What has changed since the version that was asked about, in order; null if it is not known any more.</param>
internal readonly record struct ListSnapshot<T>(ImmutableList<T> Items, long Version, ListChange<T>[]? Changes);
