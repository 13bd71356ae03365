namespace Oriel.Protocols;

/// <summary>Takes the answer to one request, exactly once, on any thread.</summary>
public interface IProtocolResponder
{
    /// <summary>Answers the request.</summary>
    void Respond(ProtocolResponse response);
}
