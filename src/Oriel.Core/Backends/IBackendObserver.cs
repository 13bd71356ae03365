using Oriel.Ipc;

namespace Oriel;

/// <summary>Is told what a back end does. Called on the thread pool.</summary>
internal interface IBackendObserver
{
    /// <summary>It emitted an event; the next one waits until this one is handled.</summary>
    ValueTask OnEventAsync(string name, IpcPayload data);

    /// <summary>It wrote a line. Must not fail: what cannot write stands still.</summary>
    void OnLine(string line, bool isError);

    /// <summary>Somebody else connected in its place, and was refused.</summary>
    void OnStranger(int? processId);

    /// <summary>Something failed with nobody waiting for it.</summary>
    void OnError(Exception exception);
}
