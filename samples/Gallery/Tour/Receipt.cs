namespace Gallery.Tour;

/// <summary>What is known of bytes that were read to their end.</summary>
/// <param name="Name">What they are called.</param>
/// <param name="Length">How many they were.</param>
/// <param name="Sha256">Their digest, in hexadecimal.</param>
/// <param name="Milliseconds">How long C# read them.</param>
public sealed record Receipt(string Name, long Length, string Sha256, double Milliseconds);
