using System.Buffers.Binary;

namespace Oriel.Bench.Ipc;

/// <summary>A message on gRPC's wire: a byte (0: not compressed), its length in 4 bytes, big-endian, and its bytes.</summary>
internal static class GrpcFrame
{
    public const int HeaderLength = 5;
    public const string ContentType = "application/grpc";

    public static byte[] Create(ReadOnlySpan<byte> message)
    {
        var frame = new byte[HeaderLength + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    /// <summary>Reads the one message of a unary call.</summary>
    public static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderLength];
        await stream.ReadExactlyAsync(header, cancellationToken);
        var message = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1))];
        await stream.ReadExactlyAsync(message, cancellationToken);
        return message;
    }
}
