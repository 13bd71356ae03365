namespace Gallery.Monitor;

/// <summary>Reads small files whole into one buffer that it keeps.</summary>
/// <remarks>Not thread-safe. What <see cref="Read"/> returns is valid until the next call.</remarks>
internal sealed class ProcFile(int capacity = 4096)
{
    private const int MaximumLength = 4 * 1024 * 1024;

    private byte[] _buffer = new byte[capacity];

    /// <summary>The content of a file; empty when it is missing, unreadable, or gone while it was read.</summary>
    public ReadOnlySpan<byte> Read(string path)
    {
        try
        {
            // Sharing everything spares a flock() for each file.
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var length = 0;

            // The length of a proc file is only known by reading to its end, and a short read is not the end.
            while (RandomAccess.Read(file, _buffer.AsSpan(length), length) is > 0 and var read)
            {
                length += read;
                if (length == _buffer.Length)
                {
                    if (length >= MaximumLength)
                    {
                        break;
                    }

                    Array.Resize(ref _buffer, length * 2);
                }
            }

            return _buffer.AsSpan(0, length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
