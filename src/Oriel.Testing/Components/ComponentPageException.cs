namespace Oriel.Testing;

/// <summary>A page refused what a test asked of it, as a browser would, or was sent what does not fit it. The message shows the markup.</summary>
public sealed class ComponentPageException : Exception
{
    /// <summary>Makes the exception.</summary>
    public ComponentPageException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception of another one.</summary>
    public ComponentPageException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
