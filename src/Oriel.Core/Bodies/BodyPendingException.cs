namespace Oriel;

/// <summary>Arguments were read whose bytes have not arrived yet: they are read once more when they have.</summary>
internal sealed class BodyPendingException(UpBody body) : Exception("The bytes of the page have not arrived. Call CommandContext.ReceiveBodiesAsync before anything else, or read the arguments with ReadArgumentsAsync.")
{
    public UpBody Body { get; } = body;
}
