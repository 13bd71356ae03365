using System.Text;

namespace Oriel.Processes;

/// <summary>Cuts what a program writes into lines, for people: what is too long is cut off, what is not UTF-8 or not text is replaced.</summary>
internal static class LineReader
{
    /// <summary>Bytes of a line that are kept.</summary>
    public const int MaxLineBytes = 8 * 1024;

    private const string Cut = " [cut]";

    /// <summary>A line that somebody else has read, as it would be if it had been read here.</summary>
    public static string ForPeople(string line)
    {
        var text = Printable((line.Length <= MaxLineBytes ? line : line[..MaxLineBytes]).TrimEnd());
        return line.Length <= MaxLineBytes ? text : text + Cut;
    }

    /// <summary>Reads to the end.</summary>
    /// <param name="stream">What is read.</param>
    /// <param name="onLine">Gets every line that has text in it; not called concurrently.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task ReadAsync(Stream stream, Action<string> onLine, CancellationToken cancellationToken = default)
    {
        var line = new byte[MaxLineBytes];
        var length = 0;
        var isCut = false;
        var buffer = new byte[4 * 1024];
        int count;

        while ((count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            Take(buffer.AsSpan(0, count));
        }

        End();

        void Take(ReadOnlySpan<byte> bytes)
        {
            while (!bytes.IsEmpty)
            {
                var end = bytes.IndexOf((byte)'\n');
                var part = end < 0 ? bytes : bytes[..end];
                var kept = Math.Min(part.Length, line.Length - length);
                part[..kept].CopyTo(line.AsSpan(length));
                length += kept;
                isCut |= kept < part.Length;

                if (end < 0)
                {
                    return;
                }

                End();
                bytes = bytes[(end + 1)..];
            }
        }

        void End()
        {
            var text = Printable(Encoding.UTF8.GetString(line.AsSpan(0, length)).TrimEnd());
            if (text.Length > 0)
            {
                onLine(isCut ? text + Cut : text);
            }

            length = 0;
            isCut = false;
        }
    }

    // Control characters could make a terminal show what was never written.
    private static string Printable(string text) => text.Any(IsControl) ? string.Create(text.Length, text, static (span, text) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = IsControl(text[i]) ? '\uFFFD' : text[i];
        }
    }) : text;

    private static bool IsControl(char character) => char.IsControl(character) && character != '\t';
}
