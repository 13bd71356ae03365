using Microsoft.AspNetCore.Components.Routing;

namespace Oriel.Components.Navigation;

/// <summary>Scrolls the page to the element that an address names behind its <c>#</c>.</summary>
internal sealed class PageScrollToHash(SessionContext context) : IScrollToLocationHash
{
    public Task RefreshScrollPositionForHash(string locationAbsolute)
    {
        var hash = locationAbsolute.IndexOf('#', StringComparison.Ordinal);
        if (hash >= 0 && hash + 1 < locationAbsolute.Length)
        {
            var id = Uri.UnescapeDataString(locationAbsolute.AsSpan(hash + 1));
            context.Session.Send("hash", json => json.WriteStringValue(id));
        }

        return Task.CompletedTask;
    }
}
