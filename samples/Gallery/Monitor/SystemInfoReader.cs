using System.Runtime.InteropServices;
using System.Text;

namespace Gallery.Monitor;

/// <summary>Reads what the machine is.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SystemInfoReader(MonitorPaths paths)
{
    /// <summary>Reads the machine's description.</summary>
    /// <param name="engine">The web engine that shows the page, with its version.</param>
    public SystemInfo Read(string engine)
    {
        var file = new ProcFile();

        return new SystemInfo(
            Hostname: Environment.MachineName,
            Os: Value(file.Read(paths.OsRelease), "PRETTY_NAME"u8, '=') ?? RuntimeInformation.OSDescription,
            Kernel: Line(file.Read(Path.Join(paths.Proc, "sys", "kernel", "osrelease"))) ?? Environment.OSVersion.VersionString,
            CpuModel: Value(file.Read(Path.Join(paths.Proc, "cpuinfo")), "model name"u8, ':')
                ?? RuntimeInformation.ProcessArchitecture.ToString(),
            Cores: new CpuReader(paths).Read().Cores.Count,
            MemoryTotal: new MemoryReader(paths).Read().Total,
            BootTime: BootClock.Read(paths),
            Runtime: RuntimeInformation.FrameworkDescription,
            Engine: engine,
            Pid: Environment.ProcessId,
            User: Environment.UserName);
    }

    private static string? Value(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key, char separator)
    {
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            var end = line.IndexOf((byte)separator);

            if (end > 0 && line[..end].TrimEnd(" \t"u8).SequenceEqual(key))
            {
                return Line(line[(end + 1)..]);
            }
        }

        return null;
    }

    private static string? Line(ReadOnlySpan<byte> text)
    {
        var line = Encoding.UTF8.GetString(text.Trim(" \t\n\""u8));
        return line.Length > 0 ? line : null;
    }
}
