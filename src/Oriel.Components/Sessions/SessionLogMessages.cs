using Microsoft.Extensions.Logging;

namespace Oriel.Components;

/// <summary>What sessions log. What a page sent is never logged, only what became of it.</summary>
internal static partial class SessionLogMessages
{
    [LoggerMessage(1, LogLevel.Error, "Session {Session}: an exception was handled by no component, and ended it.")]
    public static partial void SessionFailed(this ILogger logger, string session, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Session {Session} was ended: {Reason}")]
    public static partial void PageRefused(this ILogger logger, string session, string reason);

    [LoggerMessage(3, LogLevel.Warning, "Session {Session} was ended: the page does not take what is sent to it.")]
    public static partial void PageBehind(this ILogger logger, string session);

    [LoggerMessage(4, LogLevel.Debug, "Session {Session}: the connection to the page broke.")]
    public static partial void ConnectionBroken(this ILogger logger, string session, Exception exception);

    [LoggerMessage(5, LogLevel.Debug, "Session {Session}: something failed while it was ending.")]
    public static partial void FailedWhileEnding(this ILogger logger, string session, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "Session {Session}: a message of {Length} bytes was refused. If it should pass, raise ComponentsOptions.Limits.MaxMessageBytes, and for browsers ServeOptions.MaxMessageBytes: the limit is {Limit}.")]
    public static partial void MessageTooLong(this ILogger logger, string session, long length, int limit);

    [LoggerMessage(7, LogLevel.Debug, "Session {Session}: an event for a handler that is gone was ignored ({Count} so far).")]
    public static partial void EventIgnored(this ILogger logger, string session, long count);

    [LoggerMessage(8, LogLevel.Error, "An error boundary caught an exception.")]
    public static partial void ErrorCaught(this ILogger logger, Exception exception);

    [LoggerMessage(10, LogLevel.Error, "Session {Session} was ended: its page can be sent nothing any more, and cannot come back.")]
    public static partial void PageLost(this ILogger logger, string session, Exception exception);

    [LoggerMessage(11, LogLevel.Warning, "Session {Session}: a component or service was not disposed of within {Limit}, and is waited for no longer. DisposeAsync must complete.")]
    public static partial void NotDisposed(this ILogger logger, string session, TimeSpan limit);

    [LoggerMessage(9, LogLevel.Error, "Components do not render when a State changes: ASP.NET Core's components {Version} are built otherwise than this version of Oriel knows. Update Oriel, or call StateHasChanged.")]
    public static partial void TrackingMissing(this ILogger logger, Version? version, Exception exception);
}
