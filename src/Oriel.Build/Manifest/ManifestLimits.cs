namespace Oriel.Build;

/// <summary>How large a manifest may be. Far beyond what an application writes: they bound what a damaged file can cost.</summary>
internal static class ManifestLimits
{
    public const long AssemblyBytes = 512L * 1024 * 1024;
    public const int Characters = 16 * 1024 * 1024;
    public const int Depth = 16;
    public const int Commands = 20_000;
    public const int Types = 20_000;
    public const int Members = 2_000;
    public const int NameCharacters = 256;
    public const int DocCharacters = 64 * 1024;
    public const int TypeCharacters = 8 * 1024;
    public const int TypeDepth = 32;
    public const int NamespaceDepth = 16;
}
