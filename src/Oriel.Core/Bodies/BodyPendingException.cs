namespace Oriel;

/// <summary>Arguments were read whose bytes have not arrived yet: they are read once more when they have.</summary>
internal sealed class BodyPendingException(UpBody body) : Exception("The bytes of the page have not arrived. Read the arguments with CommandContext.ReadArgumentsAsync, which waits for them.")
{
    public UpBody Body { get; } = body;
}
