namespace Oriel.Engines;

/// <summary>The reply to a message of the isolated script. UI thread only.</summary>
public interface IEngineReply
{
    /// <summary>Settles the promise with a string; harmless when its document is gone.</summary>
    void Return(ReadOnlySpan<byte> utf8);
}
