namespace Gallery.Monitor;

/// <summary>The room and the traffic of a mounted disk.</summary>
/// <param name="Mount">The folder on which it is mounted.</param>
/// <param name="Device">The device as the table of mounts names it.</param>
/// <param name="Total">Its size in bytes.</param>
/// <param name="Used">The bytes in use.</param>
/// <param name="ReadRate">Bytes read by second since the sample before.</param>
/// <param name="WriteRate">Bytes written by second since the sample before.</param>
public sealed record DiskSample(string Mount, string Device, long Total, long Used, double ReadRate, double WriteRate);
