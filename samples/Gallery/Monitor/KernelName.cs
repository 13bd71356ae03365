using System.Text;

namespace Gallery.Monitor;

/// <summary>A name as the kernel writes it and as a string, made once.</summary>
internal readonly struct KernelName(ReadOnlySpan<byte> utf8)
{
    private readonly byte[]? _utf8 = utf8.ToArray();

    public string Text { get; } = Encoding.UTF8.GetString(utf8);

    /// <summary>Whether this is that name; the default value is none, not even the empty one.</summary>
    public bool Is(ReadOnlySpan<byte> utf8) => _utf8 is not null && utf8.SequenceEqual(_utf8);
}
