namespace Oriel;

/// <summary>What carries the messages of a back end.</summary>
public enum BackendTransport
{
    /// <summary>A local socket that the back end connects to. Its standard output is free for prints.</summary>
    LocalSocket,

    /// <summary>
    /// Its standard input and output, as JSON lines (<c>ORIEL_IPC_MODE=legacy</c>): for programs that can open no socket. What it prints between
    /// them goes to the log unless it begins with <c>{</c>. On Linux and Windows.
    /// </summary>
    StandardStreams,
}
