namespace Oriel.Components;

/// <summary>Content that the page of one session can fetch.</summary>
internal sealed class PublishedContent(string address, Action end) : IDisposable
{
    /// <summary>Where the page finds it.</summary>
    public string Address => address;

    public void Dispose() => end();
}
