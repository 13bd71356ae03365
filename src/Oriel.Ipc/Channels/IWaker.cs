namespace Oriel.Ipc;

/// <summary>Asks a host program to call <see cref="DccChannel.Pump(TimeSpan)"/> on its own thread.</summary>
/// <remarks>
/// Called by any thread, and must only ask: post to the program's event loop, set a flag that its idle callback reads. It must not
/// pump itself. An exception of it ends the channel, since nobody would hear of its messages any more.
/// </remarks>
public interface IWaker
{
    /// <summary>Asks for one pump; called once, however many messages come before it.</summary>
    void Wake();
}
