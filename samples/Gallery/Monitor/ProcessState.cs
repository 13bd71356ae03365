namespace Gallery.Monitor;

/// <summary>What a process is doing (proc_pid_stat(5)).</summary>
public enum ProcessState
{
    /// <summary>A letter that this program does not know.</summary>
    Unknown,

    /// <summary>On a core, or ready for one.</summary>
    Running,

    /// <summary>Waiting for something that may take any time.</summary>
    Sleeping,

    /// <summary>Waiting for a disk or another device; it cannot be killed meanwhile.</summary>
    Waiting,

    /// <summary>A thread of the kernel without work.</summary>
    Idle,

    /// <summary>Stopped by a signal.</summary>
    Stopped,

    /// <summary>Stopped by a debugger.</summary>
    Traced,

    /// <summary>Ended, and not yet collected by its parent.</summary>
    Zombie,

    /// <summary>Ending.</summary>
    Dead,
}
