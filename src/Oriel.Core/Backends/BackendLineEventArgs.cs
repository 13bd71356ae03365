namespace Oriel;

/// <summary>Data of <see cref="ProcessBackend.LineWritten"/>.</summary>
/// <param name="line">The line.</param>
/// <param name="isError">Whether it came from the standard error.</param>
public sealed class BackendLineEventArgs(string line, bool isError) : EventArgs
{
    /// <summary>The line, without its end.</summary>
    public string Line { get; } = line;

    /// <summary>Whether it was written to the standard error; to the standard output otherwise.</summary>
    public bool IsError { get; } = isError;
}
