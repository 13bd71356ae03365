using System.Text;

namespace Oriel.Ipc;

/// <summary>Makes the channel that the environment names, as whoever started this process left it (docs/ipc.md).</summary>
public static class IpcChannelFactory
{
    /// <summary>The path of the socket, or the full name of the pipe.</summary>
    public const string ChannelVariable = "ORIEL_IPC_CHANNEL";

    /// <summary>How the messages travel: <c>channel</c>, or <c>legacy</c> for standard input and output.</summary>
    public const string ModeVariable = "ORIEL_IPC_MODE";

    /// <summary>The channel's name, by RFC 0011.</summary>
    public const string AuroraViewChannelVariable = "AURORAVIEW_IPC_CHANNEL";

    /// <summary>As <see cref="ModeVariable"/>, by RFC 0011.</summary>
    public const string AuroraViewModeVariable = "AURORAVIEW_IPC_MODE";

    private const string Legacy = "legacy";
    private const string Channel = "channel";
    private const int MaxShownCharacters = 120;

    /// <summary>Finds out what carries the messages of this process; <see cref="IpcMode.Thread"/> when the environment names nothing.</summary>
    /// <param name="environment">Reads a variable; those of the process when null.</param>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.InvalidParams"/>: a variable is there, and its value names no channel.</exception>
    public static IpcMode DetectMode(Func<string, string?>? environment = null) => Detect(environment ?? Environment.GetEnvironmentVariable).Mode;

    /// <summary>Makes the channel that the environment names.</summary>
    public static Task<IIpcChannel> ConnectAsync(CancellationToken cancellationToken = default) => ConnectAsync(Environment.GetEnvironmentVariable, cancellationToken);

    /// <summary>Makes the channel that an environment names.</summary>
    /// <param name="environment">Reads a variable.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IpcException">
    /// <see cref="IpcErrorCode.InvalidParams"/>: it names none, or a value is no channel. Otherwise as for <see cref="LocalSocketChannel.ConnectAsync"/>.
    /// </exception>
    public static async Task<IIpcChannel> ConnectAsync(Func<string, string?> environment, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(environment);

        var (mode, address) = Detect(environment);
        return mode switch
        {
            IpcMode.LocalSocket => await LocalSocketChannel.ConnectAsync(address!, null, cancellationToken).ConfigureAwait(false),
            IpcMode.Stdio => StdioChannel.OpenStandard(),
            _ => throw new IpcException(IpcErrorCode.InvalidParams,
                $"The environment names no channel: this process was not started as a back end. Set {ChannelVariable} to the path of a socket that somebody listens on, or {ModeVariable} to {Legacy}."),
        };
    }

    // Oriel's variables first: a process of ours may run inside one that AuroraView started.
    internal static (IpcMode Mode, LocalSocketAddress? Address) Detect(Func<string, string?> environment) =>
        DetectBy(environment, ModeVariable, ChannelVariable, LocalSocketAddress.Parse)
        ?? DetectBy(environment, AuroraViewModeVariable, AuroraViewChannelVariable, LocalSocketAddress.AuroraView)
        ?? (IpcMode.Thread, null);

    private static (IpcMode Mode, LocalSocketAddress? Address)? DetectBy(
        Func<string, string?> environment, string modeVariable, string channelVariable, Func<string, LocalSocketAddress> parse)
    {
        switch (environment(modeVariable))
        {
            case Legacy:
                return (IpcMode.Stdio, null);

            case null or Channel:
                break;

            case var other:
                throw Invalid(modeVariable, other, $"It is \"{Legacy}\" for standard input and output, \"{Channel}\" for the socket that {channelVariable} names, or not set.");
        }

        return environment(channelVariable) is { } channel ? (IpcMode.LocalSocket, Parse(channelVariable, channel, parse)) : null;
    }

    private static LocalSocketAddress Parse(string variable, string value, Func<string, LocalSocketAddress> parse)
    {
        if (value.Length == 0 || value.AsSpan().ContainsAnyInRange('\0', '\x1f'))
        {
            throw Invalid(variable, value, "It is empty or has control characters; it names a channel, or is not set.");
        }

        try
        {
            return parse(value);
        }
        catch (ArgumentException exception)
        {
            throw Invalid(variable, value, exception is { Message.Length: <= 4 * MaxShownCharacters } ? exception.Message : "It is too long.");
        }
    }

    private static IpcException Invalid(string variable, string value, string why) =>
        new(IpcErrorCode.InvalidParams, $"{variable} is \"{Shown(value)}\", which is no use. {why}");

    // What a message shows of a value that may be anything.
    private static string Shown(string value)
    {
        var shown = new StringBuilder();
        foreach (var character in value.AsSpan(0, Math.Min(value.Length, MaxShownCharacters)))
        {
            shown.Append(char.IsControl(character) ? $"\\u{(int)character:x4}" : character);
        }

        return value.Length > MaxShownCharacters ? $"{shown}... ({value.Length:N0} characters)" : shown.ToString();
    }
}
