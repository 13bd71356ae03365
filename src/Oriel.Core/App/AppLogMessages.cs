using Microsoft.Extensions.Logging;

namespace Oriel;

/// <summary>All that Oriel logs. What a page sent is never logged, only what became of it.</summary>
internal static partial class AppLogMessages
{
    [LoggerMessage(1, LogLevel.Warning, "Window {Window}: a message of the page was refused ({Code}): {Reason}")]
    public static partial void MessageRefused(this ILogger logger, int window, int code, string reason);

    [LoggerMessage(2, LogLevel.Warning, "Window {Window}: {Origin} has no bridge. If it should have one: {Remedy}")]
    public static partial void OriginRefused(this ILogger logger, int window, string origin, string remedy);

    [LoggerMessage(3, LogLevel.Warning, "A {Method} request for {Scheme}: from {Origin} was refused: only the app's own pages may use the scheme.")]
    public static partial void RequestRefused(this ILogger logger, string method, string scheme, string? origin);

    [LoggerMessage(4, LogLevel.Error, "The handler of {Scheme}: failed.")]
    public static partial void ProtocolHandlerFailed(this ILogger logger, string scheme, Exception exception);

    [LoggerMessage(5, LogLevel.Error, "A handler of the event \"{Event}\" of window {Window} failed.")]
    public static partial void EventFailed(this ILogger logger, string @event, int window, Exception exception);

    [LoggerMessage(6, LogLevel.Error, "Something failed with nobody waiting for it.")]
    public static partial void EventHandlerFailed(this ILogger logger, Exception exception);

    [LoggerMessage(7, LogLevel.Error, "Window {Window}: the web process is gone ({Reason}). window.Reload() starts a new one.")]
    public static partial void ProcessFailed(this ILogger logger, int window, string reason);

    [LoggerMessage(8, LogLevel.Information, "Window {Window}: a link to {Origin} was opened outside.")]
    public static partial void OpenedOutside(this ILogger logger, int window, string origin);

    [LoggerMessage(9, LogLevel.Warning, "Window {Window}: going to {Origin} was refused. If it should be shown here, add it to WindowOptions.AllowedOrigins.")]
    public static partial void NavigationRefused(this ILogger logger, int window, string origin);

    [LoggerMessage(10, LogLevel.Error, "The engine reported an error.")]
    public static partial void EngineFailed(this ILogger logger, Exception exception);

    [LoggerMessage(11, LogLevel.Error, "Work on the UI thread failed.")]
    public static partial void UIWorkFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 20, Message = "{Backend}: {Line}")]
    public static partial void BackendWrote(this ILogger logger, LogLevel level, string backend, string line);

    [LoggerMessage(21, LogLevel.Warning, "Process {Process} connected in place of the back end \"{Backend}\" and was refused: it does not descend from it.")]
    public static partial void StrangerRefused(this ILogger logger, string backend, int? process);

    [LoggerMessage(22, LogLevel.Warning, "An event of the back end \"{Backend}\" was left out: {Reason}")]
    public static partial void BackendEventRefused(this ILogger logger, string backend, string reason);

    [LoggerMessage(23, LogLevel.Warning, "{Reason} It is started again after {Pause}.")]
    public static partial void BackendDied(this ILogger logger, string reason, TimeSpan pause);

    [LoggerMessage(24, LogLevel.Error, "{Reason} It is not started again.")]
    public static partial void BackendFailed(this ILogger logger, string reason);

    [LoggerMessage(25, LogLevel.Warning, "A page called \"{Command}\" of the plug-in \"{Plugin}\", which it may not. If it should, add the name to PluginOptions.AllowedCommands.")]
    public static partial void PluginCommandRefused(this ILogger logger, string plugin, string command);

    [LoggerMessage(26, LogLevel.Warning, "The back end \"{Backend}\" called \"{Command}\", which it may not. If it should, add the name to ProcessBackendOptions.AllowedCommands.")]
    public static partial void BackendCallRefused(this ILogger logger, string backend, string command);

    [LoggerMessage(27, LogLevel.Warning, "The back end \"{Backend}\" does not read fast enough: an event \"{Event}\" of a page was dropped.")]
    public static partial void BackendEventDropped(this ILogger logger, string backend, string @event);

    [LoggerMessage(60, LogLevel.Error, "A handler of changes of the state \"{Key}\" failed.")]
    public static partial void StateHandlerFailed(this ILogger logger, string key, Exception exception);

    [LoggerMessage(61, LogLevel.Error, "A change of the state \"{Key}\" could not be sent to a page, which follows it no longer.")]
    public static partial void StateNotSent(this ILogger logger, string key, Exception exception);

    [LoggerMessage(28, LogLevel.Error, "Not ended within {Limit}, and left behind: {Names}.")]
    public static partial void NotEnded(this ILogger logger, TimeSpan limit, string names);
}
