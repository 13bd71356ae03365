using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace Oriel.Components;

/// <summary>Begins the sessions of an application, and knows those that are there.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SessionHost(IServiceScopeFactory scopes, ComponentsOptions options) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ComponentSession> _sessions = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>The sessions that have begun and not ended, in no order.</summary>
    public ICollection<ComponentSession> Sessions => _sessions.Values;

    /// <summary>Renders a component for a page.</summary>
    /// <param name="root">What the page shows.</param>
    /// <param name="start">What the page said about itself.</param>
    /// <param name="connection">The way to the page.</param>
    /// <param name="window">The window that shows it; null when it is a browser.</param>
    /// <exception cref="SessionLimitException">There are as many sessions as there may be.</exception>
    public ComponentSession Begin(RootComponent root, SessionStart start, IPageConnection connection, Window? window)
    {
        if (Interlocked.Increment(ref _count) > options.MaxSessions)
        {
            Interlocked.Decrement(ref _count);
            throw new SessionLimitException(options.MaxSessions);
        }

        var scope = scopes.CreateAsyncScope();
        ComponentSession session;
        try
        {
            session = new(scope, start, window);
        }
        catch
        {
            scope.Dispose();
            Interlocked.Decrement(ref _count);
            throw;
        }

        _sessions[session.Id] = session;
        _ = ForgetAsync(session);
        session.Begin(root, connection);
        return session;
    }

    /// <summary>The session of an id; null when there is none, or it is ending.</summary>
    public ComponentSession? Find(string id) => _sessions.TryGetValue(id, out var session) && !session.IsEnding ? session : null;

    /// <summary>Ends all sessions.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_sessions.Values.Select(s => s.DisposeAsync().AsTask())).ConfigureAwait(false);

    private async Task ForgetAsync(ComponentSession session)
    {
        await session.Disposed.ConfigureAwait(false);
        _sessions.TryRemove(session.Id, out _);
        Interlocked.Decrement(ref _count);
    }
}
