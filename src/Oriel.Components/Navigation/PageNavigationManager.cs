using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Oriel.Components.Interop;

namespace Oriel.Components.Navigation;

/// <summary>The address of a session's page.</summary>
/// <remarks>
/// The page has the last word on where it is: a navigation that C# decides changes <see cref="NavigationManager.Uri"/> when the page says that it has
/// moved, so that a Back pressed meanwhile cannot leave the two at different places.
/// </remarks>
internal sealed class PageNavigationManager : NavigationManager, ISessionPart
{
    private const int MaxAddressLength = 64 * 1024;
    private const int MaxStateLength = 1024 * 1024;

    // A page has one navigation that waits; a newer one makes the older void. Some more may be on their way.
    private const int MaxQuestions = 16;

    private ComponentSession? _session;
    private int _questions;

    public void Attach(ComponentSession session)
    {
        _session = session;
        var address = session.Start.Address;
        Initialize(new Uri(address, session.Start.Root).AbsoluteUri, address.AbsoluteUri);
        session.On("navigate", AskAsync);
        session.On("moved", Move);
    }

    /// <summary>Loads the page again, from the server or the application's assets.</summary>
    public override void Refresh(bool forceReload = false) => Go(Uri, new() { ForceLoad = true, ReplaceHistoryEntry = true });

    protected override void EnsureInitialized()
    {
        if (_session is null)
        {
            throw new InvalidOperationException("There is no page yet that could be anywhere. Use NavigationManager from a component that is shown.");
        }
    }

    protected override void NavigateToCore(string uri, NavigationOptions options)
    {
        var address = ToAbsoluteUri(uri);
        if (address.Scheme is not ("http" or "https" or "mailto" or "tel") && address.Scheme != new Uri(BaseUri).Scheme)
        {
            throw new ArgumentException(
                $"A page cannot navigate to an address of the scheme '{address.Scheme}:'. "
                + "Addresses of the application, http:, https:, mailto: and tel: can be navigated to.",
                nameof(uri));
        }

        if (address.AbsoluteUri.Length > MaxAddressLength || options.HistoryEntryState?.Length > MaxStateLength)
        {
            throw new ArgumentException(
                $"The address has {address.AbsoluteUri.Length:N0} characters and the state of its history entry "
                + $"{options.HistoryEntryState?.Length ?? 0:N0}: at most {MaxAddressLength:N0} and {MaxStateLength:N0} are possible.",
                nameof(uri));
        }

        _ = NavigateAsync(address.AbsoluteUri, options);
    }

    protected override void SetNavigationLockState(bool value) => _session!.Send("lock", json => json.WriteBooleanValue(value));

    protected override void HandleLocationChangingHandlerException(Exception ex, LocationChangingContext context) => _session!.Fail(ex);

    private async Task NavigateAsync(string address, NavigationOptions options)
    {
        try
        {
            if (await NotifyLocationChangingAsync(address, options.HistoryEntryState, isNavigationIntercepted: false))
            {
                Go(address, options);
            }
        }
        catch (Exception exception)
        {
            _session!.Fail(exception);
        }
    }

    private void Go(string address, NavigationOptions options) => _session!.Send("go", json =>
    {
        json.WriteStringValue(address);
        json.WriteStartObject();
        json.WriteBoolean("replace", options.ReplaceHistoryEntry);
        json.WriteString("state", options.HistoryEntryState);
        json.WriteBoolean("force", options.ForceLoad || !IsWithin(address));
        json.WriteEndObject();
    });

    private async ValueTask AskAsync(JsonElement message)
    {
        var question = message.Number(3, "the number of a navigation");
        var (address, state, intercepted) = Location(message, 4);
        if (_questions >= MaxQuestions)
        {
            Answer(question, false);
            return;
        }

        _questions++;
        try
        {
            Answer(question, await NotifyLocationChangingAsync(address, state, intercepted));
        }
        finally
        {
            _questions--;
        }
    }

    private ValueTask Move(JsonElement message)
    {
        var (address, state, intercepted) = Location(message, 3);
        Uri = address;
        HistoryEntryState = state;
        NotifyLocationChanged(intercepted);
        return default;
    }

    private (string Address, string? State, bool Intercepted) Location(JsonElement message, int index)
    {
        var text = message.Text(index, "an address", MaxAddressLength);
        if (!System.Uri.TryCreate(text, UriKind.Absolute, out var address) || !IsWithin(address.AbsoluteUri))
        {
            throw new PageProtocolException("The page said that it is at an address outside of the application.");
        }

        var state = message.TextOrNull(index + 1, "the state of a history entry", MaxStateLength);
        return (address.AbsoluteUri, state, message.Flag(index + 2, "whether a link was clicked"));
    }

    private bool IsWithin(string address) => address.StartsWith(BaseUri, StringComparison.Ordinal);

    private void Answer(long question, bool allowed) => _session!.Send("pass", json =>
    {
        json.WriteNumberValue(question);
        json.WriteBooleanValue(allowed);
    });
}
