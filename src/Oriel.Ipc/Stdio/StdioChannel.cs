using System.Diagnostics.CodeAnalysis;

namespace Oriel.Ipc;

/// <summary>A channel over standard input and output: one JSON message a line (docs/ipc.md, <c>ORIEL_IPC_MODE=legacy</c>).</summary>
/// <remarks>
/// The mode of back ends that can open no socket: whatever else their process prints is mixed with the messages. Nothing can wake who
/// reads a pipe, so after <see cref="FramedChannel.Shutdown"/> a background thread stays until the other process ends, and closes the stream then.
/// </remarks>
public sealed class StdioChannel : FramedChannel
{
    private static int StandardOpened;

    /// <summary>Creates a channel over two streams: for a parent, its child's standard output and input.</summary>
    /// <param name="name">For logs: what the channel leads to.</param>
    /// <param name="input">What is read. The channel owns it.</param>
    /// <param name="output">What is written. The channel owns it.</param>
    /// <param name="options">What is accepted.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "The channel owns the transport.")]
    public StdioChannel(string name, Stream input, Stream output, StdioOptions? options = null)
        : base(Checked(name, input, output), "stdio", new StdioTransport(input, output, options?.OnStrayLine), options?.Limits ?? IpcLimits.Default, ReadWait.Block)
    {
    }

    /// <summary>Takes this process's own standard input and output, once.</summary>
    /// <remarks>
    /// From then on <see cref="Console.Out"/> writes to standard error and <see cref="Console.In"/> is at its end, so that no print gets between the
    /// messages. The parent sees the end of the channel when this process ends.
    /// </remarks>
    /// <exception cref="InvalidOperationException">They are taken already.</exception>
    public static StdioChannel OpenStandard(StdioOptions? options = null)
    {
        if (Interlocked.Exchange(ref StandardOpened, 1) != 0)
        {
            throw new InvalidOperationException("Standard input and output carry a channel already, and they can carry only one.");
        }

        Console.SetOut(Console.Error);
        Console.SetIn(TextReader.Null);
        return new StdioChannel("stdio", Console.OpenStandardInput(), Console.OpenStandardOutput(), options);
    }

    private static string Checked(string name, Stream input, Stream output)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);

        return !input.CanRead ? throw new ArgumentException("The stream cannot be read: pass the one that the messages come from.", nameof(input))
            : !output.CanWrite ? throw new ArgumentException("The stream cannot be written: pass the one that the messages go to.", nameof(output))
            : name;
    }
}
