namespace Gallery.Monitor;

/// <summary>How the memory is used, in bytes.</summary>
/// <param name="Total">What the machine has.</param>
/// <param name="Used">What programs could not get: <paramref name="Total"/> without <paramref name="Available"/>.</param>
/// <param name="Available">What programs can get without swapping; most of the cache is part of it.</param>
/// <param name="Cached">Copies of files and of the kernel's structures that can be had again.</param>
/// <param name="SwapTotal">The room for swapping.</param>
/// <param name="SwapUsed">The part of it in use.</param>
public sealed record MemorySample(long Total, long Used, long Available, long Cached, long SwapTotal, long SwapUsed);
