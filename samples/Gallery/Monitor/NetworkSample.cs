namespace Gallery.Monitor;

/// <summary>The traffic of a network interface.</summary>
/// <param name="Name">The interface, such as eth0.</param>
/// <param name="ReceiveRate">Bytes received by second since the sample before.</param>
/// <param name="SendRate">Bytes sent by second since the sample before.</param>
/// <param name="Received">Bytes received in all.</param>
/// <param name="Sent">Bytes sent in all.</param>
public sealed record NetworkSample(string Name, double ReceiveRate, double SendRate, ulong Received, ulong Sent);
