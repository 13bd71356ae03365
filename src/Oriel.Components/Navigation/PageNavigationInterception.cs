using Microsoft.AspNetCore.Components.Routing;

namespace Oriel.Components.Navigation;

/// <summary>Has the page route clicks on links within the application, instead of loading what they lead to.</summary>
internal sealed class PageNavigationInterception(SessionContext context) : INavigationInterception
{
    public Task EnableNavigationInterceptionAsync()
    {
        context.Session.Send("intercept");
        return Task.CompletedTask;
    }
}
