using Oriel.Protocols;

namespace Oriel.Testing;

/// <summary>Takes the answer to one request of a page.</summary>
internal sealed class HeadlessResponder : IProtocolResponder
{
    private readonly TaskCompletionSource<ProtocolResponse> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<ProtocolResponse> Response => _response.Task;

    public void Respond(ProtocolResponse response)
    {
        if (!_response.TrySetResult(response))
        {
            throw new InvalidOperationException("The request was answered before.");
        }
    }
}
