namespace Oriel.Ipc;

/// <summary>What carries the messages.</summary>
public enum IpcMode
{
    /// <summary>Threads of this process: a <see cref="ThreadChannel"/>.</summary>
    Thread,

    /// <summary>Another process, by a socket or a named pipe: a <see cref="LocalSocketChannel"/>.</summary>
    LocalSocket,

    /// <summary>The process that started this one, by standard input and output: a <see cref="StdioChannel"/>.</summary>
    Stdio,
}
