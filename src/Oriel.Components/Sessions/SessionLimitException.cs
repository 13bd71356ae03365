namespace Oriel.Components;

/// <summary>There are as many sessions as there may be.</summary>
internal sealed class SessionLimitException(int limit, string option = "ComponentsOptions.MaxSessions")
    : Exception($"{limit:N0} trees of components are shown already. {option} says how many may be.");
