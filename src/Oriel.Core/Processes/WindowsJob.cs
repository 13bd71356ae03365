using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Oriel.Processes.Native;

namespace Oriel.Processes;

/// <summary>A job object: Windows ends what is in it when its last handle is closed, which the end of this process does too.</summary>
/// <remarks>
/// Written from the documentation and never run. What the program starts before it was put into the job stays outside; the
/// time between is that of two system calls.
/// </remarks>
[SupportedOSPlatform("windows")]
internal sealed class WindowsJob : IProcessGroup
{
    private readonly SafeFileHandle _job;

    public WindowsJob()
    {
        _job = LibKernel32.CreateJobObject(0, 0);
        var limits = new LibKernel32.JobObjectExtendedLimits { LimitFlags = LibKernel32.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE };
        if (_job.IsInvalid || !LibKernel32.SetInformationJobObject(_job, LibKernel32.JobObjectExtendedLimitInformation, limits, Unsafe.SizeOf<LibKernel32.JobObjectExtendedLimits>()))
        {
            throw new BackendException($"A job object for a back end could not be made: {new Win32Exception().Message}");
        }
    }

    public Process Start(ProcessCommand command)
    {
        // The system itself would look into the application's and the current folder first, and not relative to where the program runs.
        var folder = Path.GetFullPath(command.WorkingDirectory ?? Environment.CurrentDirectory);
        var searchPath = command.Environment.GetValueOrDefault("PATH") ?? Environment.GetEnvironmentVariable("PATH");
        var program = ProgramPath.Find(command.Program, folder, searchPath, Environment.GetEnvironmentVariable("PATHEXT") ?? ".COM;.EXE")
            ?? throw new BackendException(ProgramPath.IsPath(command.Program)
                ? $"{command.Program} is no program in {folder}: it does not exist there."
                : $"There is no program \"{command.Program}\" in PATH ({searchPath}). Install it, or give its absolute path.");
        if (Path.GetExtension(program).ToUpperInvariant() is ".BAT" or ".CMD")
        {
            throw new BackendException($"{program} is a batch file, whose arguments a shell would read. Give the program that it starts.");
        }

        var start = new ProcessStartInfo(program, command.Arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new BackendException($"{command} could not be started: {exception.Message}", exception);
        }

        if (!LibKernel32.AssignProcessToJobObject(_job, process.SafeHandle))
        {
            var reason = new Win32Exception().Message;
            process.Kill(entireProcessTree: true);
            throw new BackendException($"{command} could not be put into a job object, without which it could outlive the application: {reason}");
        }

        if (!command.TakesInput)
        {
            process.StandardInput.Dispose();
        }

        return process;
    }

    public bool Contains(int pid)
    {
        using var process = LibKernel32.OpenProcess(LibKernel32.PROCESS_QUERY_LIMITED_INFORMATION, inherit: false, pid);
        return !process.IsInvalid && LibKernel32.IsProcessInJob(process, _job, out var isInJob) && isInJob;
    }

    // A process without a window has nothing that could be asked; the end of its channel has asked it already.
    public bool RequestEnd() => false;

    public void Kill()
    {
        if (!_job.IsClosed)
        {
            LibKernel32.TerminateJobObject(_job, 137);
        }
    }

    public void Dispose() => _job.Dispose();
}
