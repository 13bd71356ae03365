namespace Oriel;

/// <summary>Where a command runs.</summary>
public enum CommandThread
{
    /// <summary>On the thread pool, beside others: a long call holds nothing up.</summary>
    Background,

    /// <summary>On the UI thread, one at a time: for what touches windows. It must not block.</summary>
    UI,
}
