using Microsoft.Extensions.Logging;

namespace Oriel.Components;

/// <summary>What serving logs. What a browser sent is never logged, but for the names of hosts and origins.</summary>
internal static partial class ServeLogMessages
{
    [LoggerMessage(20, LogLevel.Warning, "Components are served at {Address}, which other machines can reach, without encryption: the token and all that pages show can be read on the way. Put a server with TLS in front, or leave the address at 127.0.0.1.")]
    public static partial void ServedToNetwork(this ILogger logger, string address);

    [LoggerMessage(21, LogLevel.Warning, "A request for the host \"{Host}\" was refused. If browsers are to reach this server by that name, add it to ServeOptions.AllowedHosts.")]
    public static partial void HostRefused(this ILogger logger, string host);

    [LoggerMessage(22, LogLevel.Warning, "A connection of a page from {Origin} was refused. If it is this server's own, behind a proxy, add it to ServeOptions.AllowedOrigins.")]
    public static partial void OriginRefused(this ILogger logger, string origin);

    [LoggerMessage(23, LogLevel.Warning, "A browser showed a token that is not valid.")]
    public static partial void TokenRefused(this ILogger logger);

    [LoggerMessage(24, LogLevel.Warning, "A page was refused: {Limit} pages are served already, which is the limit (ServeOptions.{Option}).")]
    public static partial void PageRefused(this ILogger logger, int limit, string option);

    [LoggerMessage(25, LogLevel.Debug, "A connection of a page ended: {Reason}")]
    public static partial void ConnectionEnded(this ILogger logger, string reason);

    [LoggerMessage(26, LogLevel.Information, "Components are served at {Path} to who has the token: {Path}?token={Token}")]
    public static partial void Mapped(this ILogger logger, string path, string token);

    [LoggerMessage(27, LogLevel.Error, "What a page was sent could not be read.")]
    public static partial void ContentFailed(this ILogger logger, Exception exception);
}
