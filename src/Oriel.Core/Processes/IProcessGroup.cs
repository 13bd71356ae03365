using System.Diagnostics;

namespace Oriel.Processes;

/// <summary>A process and all that it starts, which end together, and with the process that started them at the latest.</summary>
internal interface IProcessGroup : IDisposable
{
    /// <summary>Starts the first process of the group. Its output is the caller's to read, its input to write if <see cref="ProcessCommand.TakesInput"/>.</summary>
    Process Start(ProcessCommand command);

    /// <summary>Whether a process is of the group.</summary>
    bool Contains(int pid);

    /// <summary>Asks all of them to end; false where the platform has no way to ask.</summary>
    bool RequestEnd();

    /// <summary>Ends all of them at once.</summary>
    void Kill();
}
