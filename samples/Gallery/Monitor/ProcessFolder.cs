using System.Text;

namespace Gallery.Monitor;

/// <summary>The files that describe one process.</summary>
internal sealed class ProcessFolder(string proc, int pid)
{
    private readonly string _path = Path.Join(proc, pid.ToString());

    /// <summary>The path of the file that <see cref="ProcessStat"/> reads.</summary>
    public string Stat { get; } = Path.Join(proc, pid.ToString(), "stat");

    /// <summary>The user whose rights the process has; null when the kernel does not tell.</summary>
    public uint? ReadUser(ProcFile file)
    {
        var text = file.Read(Path.Join(_path, "status"));
        var start = text.IndexOf("\nUid:"u8);
        if (start < 0)
        {
            return null;
        }

        // Real, effective, saved and file system user.
        var fields = new Fields(text[(start + "\nUid:".Length)..]);
        fields.Skip(1);
        return (uint)fields.NextNumber();
    }

    /// <summary>The command line with blanks between its arguments; null for what has none, such as threads of the kernel.</summary>
    public string? ReadCommand(ProcFile file, int maximumLength = int.MaxValue)
    {
        var text = file.Read(Path.Join(_path, "cmdline")).TrimEnd((byte)0);
        if (text.IsEmpty)
        {
            return null;
        }

        return Encoding.UTF8.GetString(text[..Math.Min(text.Length, maximumLength)]).Replace('\0', ' ');
    }

    /// <summary>Where a link of the process leads, such as exe or cwd; null when that is forbidden or nowhere.</summary>
    public string? ReadLink(string name) => new FileInfo(Path.Join(_path, name)).LinkTarget;

    /// <summary>The number of open files; null when it is forbidden to look.</summary>
    public int? CountOpenFiles()
    {
        try
        {
            var count = 0;
            foreach (var _ in Directory.EnumerateFileSystemEntries(Path.Join(_path, "fd")))
            {
                count++;
            }

            return count;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
