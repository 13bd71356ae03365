namespace Oriel;

/// <summary>How far a back end is. Pages know it by the name in small letters, from the event <c>backend:state</c>.</summary>
public enum BackendState
{
    /// <summary>It does not run: it was not started, was stopped, or ended by itself with exit code 0. Calls fail at once.</summary>
    Stopped,

    /// <summary>It was started and has not said yet that it is ready. Calls wait for that.</summary>
    Starting,

    /// <summary>It answers.</summary>
    Ready,

    /// <summary>It died and is being started again, or will be after a pause. Calls fail at once.</summary>
    Restarting,

    /// <summary>It could not be started, or died too often. Calls fail at once, until somebody starts it.</summary>
    Failed,
}
