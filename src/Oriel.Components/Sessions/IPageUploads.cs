namespace Oriel.Components;

/// <summary>Takes the bytes that a page sends beside its messages. One for each session, a service of its scope.</summary>
internal interface IPageUploads
{
    /// <summary>Takes bytes that a later message names; completes when they were read, or are not wanted.</summary>
    /// <param name="id">What the message will name them by. The page chose it.</param>
    /// <param name="content">The bytes, which may be read until the task completes.</param>
    /// <param name="cancellationToken">The page has given up, or is gone.</param>
    ValueTask ReceiveAsync(long id, Stream content, CancellationToken cancellationToken);
}
