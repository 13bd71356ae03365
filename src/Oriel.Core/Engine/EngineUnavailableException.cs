namespace Oriel.Engines;

/// <summary>An engine cannot start on this machine: a library is missing, or there is no display.</summary>
/// <remarks>The message says what to install or to set.</remarks>
public sealed class EngineUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public EngineUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public EngineUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
