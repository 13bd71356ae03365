namespace Oriel.Components;

/// <summary>What is to be sent to a page is longer than its connection takes.</summary>
internal sealed class MessageTooLongException(long length, int limit) : InvalidOperationException(
    $"The page was to be sent a message of {length:N0} bytes, and its connection takes {limit:N0}. "
    + "Render less at once (Virtualize shows long lists), and pass JavaScript a byte[] or a DotNetStreamReference: they travel beside the messages.");
