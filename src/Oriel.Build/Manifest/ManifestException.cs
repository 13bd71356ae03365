namespace Oriel.Build;

/// <summary>The assembly, or the manifest in it, is not what the generator writes. The text is for whoever builds.</summary>
internal sealed class ManifestException(string message) : Exception(message);
