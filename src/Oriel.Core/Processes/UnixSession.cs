using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using Oriel.Processes.Native;

namespace Oriel.Processes;

/// <summary>A session of its own, guarded by a shell that ends it when this process ends, however that happens.</summary>
/// <remarks>
/// The guard is two processes. One becomes the program, by <c>exec</c>, so that process number and exit code are the program's. The
/// other reads a pipe whose only writer is this process: when that is gone, killed too, the pipe ends and the guard kills the group. The
/// pipe is the guard's standard input; of a program that needs that for itself the guard opens another by <c>/proc</c>.
/// A process that makes itself a session of its own (a daemon) leaves the group and is not ended with it.
/// </remarks>
internal sealed class UnixSession : IProcessGroup
{
    // $$ is the program's process number in both, and that of its group. Named, not 0: should the session not have come about, nothing is
    // killed rather than our own group. The second fork makes the watcher no child of the program, which would not know what it waits for.
    // The watcher keeps nothing of the program's open, or its output would never end. A pipe that cannot be opened ends the guard.
    private const string Guard = """
        ( ( trap '' HUP INT QUIT TERM; read -r _ <&3; kill -s KILL -- "-$$" ) </dev/null >/dev/null 2>&1 & )
        exec "$@" 3<&-
        """;

    private readonly Lock _gate = new();
    private readonly string[] _prefix;
    private AnonymousPipeServerStream? _pipe;
    private Process? _process;
    private int _group;
    private bool _isKilled;

    /// <summary>Creates a group whose session is made by whatever the system has for it.</summary>
    public UnixSession()
        : this(FindPrefix())
    {
    }

    /// <summary>Creates a group whose session is made by a program in front of the guard.</summary>
    internal UnixSession(string[] prefix) => _prefix = prefix;

    /// <summary>util-linux has a program for it. macOS has none, but Perl.</summary>
    internal static string[] Setsid { get; } = ["setsid"];

    /// <summary>For systems without <see cref="Setsid"/>.</summary>
    internal static string[] Perl { get; } = ["perl", "-MPOSIX=setsid", "-e", "setsid() > 0 or die qq(setsid: $!\\n); exec {$ARGV[0]} @ARGV"];

    public Process Start(ProcessCommand command)
    {
        var folder = Path.GetFullPath(command.WorkingDirectory ?? Environment.CurrentDirectory);
        if (!Directory.Exists(folder))
        {
            throw new BackendException($"The folder {folder} for {command} does not exist.");
        }

        if (command.Arguments.Prepend(command.Program).Any(static text => text.Contains('\0')))
        {
            throw new BackendException($"An argument of {command.Program} holds a NUL, at which the system would cut it off.");
        }

        var searchPath = command.Environment.GetValueOrDefault("PATH") ?? Environment.GetEnvironmentVariable("PATH");
        var program = ProgramPath.Find(command.Program, folder, searchPath)
            ?? throw new BackendException(command.Program.Contains('/')
                ? $"{command.Program} is no program in {folder}: it does not exist there or is not executable."
                : $"There is no program \"{command.Program}\" in PATH ({searchPath}). Install it, or give its absolute path.");

        var start = new ProcessStartInfo(_prefix[0])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])[.. _prefix[1..], "/bin/sh", "-c", $"{OpenPipe(command)}\n{Guard}", "oriel-guard", program, .. command.Arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        lock (_gate)
        {
            _process = Process.Start(start)!;
            _group = _process.Id;
            return _process;
        }
    }

    // The session covers what was orphaned and adopted by another process; the chain of parents what made itself a session.
    public bool Contains(int pid) => pid > 0 && _group > 0 && (LibC.getsid(pid) == _group || ProcessTree.Descends(pid, _group));

    public bool RequestEnd()
    {
        lock (_gate)
        {
            if (!_isKilled && _group > 0)
            {
                _ = LibC.kill(-_group, LibC.SIGTERM);
            }

            return true;
        }
    }

    public void Kill()
    {
        lock (_gate)
        {
            if (_isKilled || _group == 0)
            {
                return;
            }

            // Once: while the watcher lives nobody else's group can have this number, and afterwards anybody's may.
            _isKilled = true;
            _ = LibC.kill(-_group, LibC.SIGKILL);

            // A group that does not exist yet is ended by its watcher.
            if (_pipe is null)
            {
                _process!.StandardInput.Dispose();
            }
            else
            {
                _pipe.Dispose();
            }
        }
    }

    public void Dispose()
    {
        Kill();

        // Not with the group: a guard that has not come to it yet would find what else has got this number.
        _pipe?.Dispose();
        _pipe?.ClientSafePipeHandle.Dispose();
    }

    // What makes the pipe the guard's descriptor 3.
    private string OpenPipe(ProcessCommand command)
    {
        if (!command.TakesInput)
        {
            return "exec 3<&0 </dev/null";
        }

        if (!OperatingSystem.IsLinux())
        {
            throw new BackendException($"{command} cannot have its messages on standard input here: only on Linux and Windows would it end with this process all the same. Take BackendTransport.LocalSocket.");
        }

        // Neither end is inherited by anybody, or others would keep the guard from seeing our end.
        _pipe = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.None);
        return string.Create(CultureInfo.InvariantCulture, $"exec 3</proc/{Environment.ProcessId}/fd/{_pipe.ClientSafePipeHandle.DangerousGetHandle()}");
    }

    private static string[] FindPrefix()
    {
        var searchPath = string.Create(CultureInfo.InvariantCulture, $"/usr/bin:/bin:{Environment.GetEnvironmentVariable("PATH")}");
        foreach (var prefix in (string[][])[Setsid, Perl])
        {
            if (ProgramPath.Find(prefix[0], "/", searchPath) is { } path)
            {
                return [path, .. prefix[1..]];
            }
        }

        throw new BackendException("Neither setsid nor perl is installed, one of which starts back ends in a session of their own. Install util-linux.");
    }
}
