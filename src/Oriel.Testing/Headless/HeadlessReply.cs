using System.Text;
using Oriel.Engines;

namespace Oriel.Testing;

/// <summary>The reply to a message of a page.</summary>
internal sealed class HeadlessReply : IEngineReply
{
    private readonly TaskCompletionSource<string> _returned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The reply's text; fails when the document went before there was one.</summary>
    public Task<string> Returned => _returned.Task;

    public void Return(ReadOnlySpan<byte> utf8) => _returned.TrySetResult(Encoding.UTF8.GetString(utf8));

    public void Fail(Exception exception) => _returned.TrySetException(exception);
}
