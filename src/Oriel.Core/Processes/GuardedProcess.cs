using System.Diagnostics;

namespace Oriel.Processes;

/// <summary>A program that runs in a group of its own and leaves nothing behind: whatever it started ends when it ends.</summary>
internal sealed class GuardedProcess : IAsyncDisposable
{
    // A process in the middle of a system call that does not end (a disk that is gone) outlives even SIGKILL, until the call ends.
    private static readonly TimeSpan KillTimeout = TimeSpan.FromSeconds(5);

    private readonly IProcessGroup _group;
    private readonly Process _process;

    private GuardedProcess(IProcessGroup group, Process process, ProcessCommand command)
    {
        _group = group;
        _process = process;
        Command = command;
        Id = process.Id;
        Exited = WaitAsync();
    }

    /// <summary>What was started.</summary>
    public ProcessCommand Command { get; }

    /// <summary>The program's process number.</summary>
    public int Id { get; }

    /// <summary>Ends with the program, with its exit code; 128 and the number of the signal when one ended it.</summary>
    public Task<int> Exited { get; }

    /// <summary>What the program reads from its standard input; for <see cref="ProcessCommand.TakesInput"/> alone.</summary>
    public Stream Input => Command.TakesInput ? _process.StandardInput.BaseStream : throw new InvalidOperationException("The standard input of the program is empty.");

    /// <summary>What the program writes to its standard output.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>What the program writes to its standard error.</summary>
    public Stream Error => _process.StandardError.BaseStream;

    /// <summary>Starts a program.</summary>
    /// <exception cref="BackendException">It cannot be started; the message says why.</exception>
    public static GuardedProcess Start(ProcessCommand command) =>
        Start(command, OperatingSystem.IsWindows() ? new WindowsJob() : new UnixSession());

    /// <summary>Starts a program in a group, which is owned from now on.</summary>
    internal static GuardedProcess Start(ProcessCommand command, IProcessGroup group)
    {
        try
        {
            return new GuardedProcess(group, group.Start(command), command);
        }
        catch (Exception exception)
        {
            group.Dispose();
            throw exception is BackendException ? exception : new BackendException($"{command} could not be started: {exception.Message}", exception);
        }
    }

    /// <summary>Whether a process is the program or was started by it.</summary>
    public bool Contains(int pid) => _group.Contains(pid);

    /// <summary>Asks the program and what it started to end; false where the platform has no way to ask.</summary>
    public bool RequestEnd() => _group.RequestEnd();

    /// <summary>Ends the program and what it started, at once.</summary>
    public void Kill() => _group.Kill();

    /// <summary>Ends what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        _group.Kill();
        try
        {
            await Exited.WaitAsync(KillTimeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It will end by itself, and nothing of ours holds on to it.
        }

        _group.Dispose();

        // Streams that were handed out are not the process's to close. Who has kept the other end would write until it stands still.
        Output.Dispose();
        Error.Dispose();
        _process.Dispose();
    }

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);

        // What the program has started and left behind is not left running.
        _group.Kill();
        return _process.ExitCode;
    }
}
