namespace Oriel;

/// <summary>A back end could not be started, or has ended; the message says what was started, what happened, and what it wrote last.</summary>
public sealed class BackendException : Exception
{
    /// <summary>Creates the exception.</summary>
    public BackendException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception, with its cause.</summary>
    public BackendException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Whether another try may go better.</summary>
    internal bool MayRestart { get; init; }
}
