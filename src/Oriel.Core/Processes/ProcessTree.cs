using System.Globalization;
using System.Text;

namespace Oriel.Processes;

/// <summary>Who started whom, as Linux tells it.</summary>
internal static class ProcessTree
{
    // A chain that is longer is a hostile one.
    private const int MaxDepth = 64;

    /// <summary>Whether a process is another one or was started by it, directly or not. False where there is no <c>/proc</c>.</summary>
    public static bool Descends(int pid, int ancestor)
    {
        for (var depth = 0; pid > 1 && depth < MaxDepth; depth++)
        {
            if (pid == ancestor)
            {
                return true;
            }

            pid = ParentOf(pid);
        }

        return false;
    }

    /// <summary>The parent of a process; 0 when there is no such process.</summary>
    public static int ParentOf(int pid)
    {
        try
        {
            using var file = File.OpenHandle(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            Span<byte> bytes = stackalloc byte[512];
            var stat = bytes[..RandomAccess.Read(file, bytes, 0)];

            // pid (name) state ppid ...; the name may hold anything, parentheses and spaces too.
            var rest = Encoding.UTF8.GetString(stat[(stat.LastIndexOf((byte)')') + 1)..]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return rest.Length > 1 && int.TryParse(rest[1], CultureInfo.InvariantCulture, out var parent) ? parent : 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
