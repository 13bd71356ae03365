using System.Text;

namespace Gallery.Monitor;

/// <summary>Reads the room and the traffic of the mounted disks.</summary>
/// <remarks>
/// A disk is what is mounted from a device, and the root. One that is mounted several times counts once, where its path
/// is the shortest. Not thread-safe.
/// </remarks>
public sealed class DiskReader(MonitorPaths paths, Func<string, DiskSpace?>? space = null)
{
    // The unit of diskstats, whatever the disk's own sectors are (Documentation/admin-guide/iostats.rst).
    private const int SectorSize = 512;

    private readonly string _mountsPath = Path.Join(paths.Proc, "self", "mountinfo");
    private readonly string _countersPath = Path.Join(paths.Proc, "diskstats");
    private readonly Func<string, DiskSpace?> _space = space ?? DiskSpace.Of;
    private readonly ProcFile _file = new(16 * 1024);
    private byte[] _mounts = [];
    private List<Disk> _disks = [];

    /// <summary>Reads the disks now; rates are those since the call before, which was <paramref name="elapsed"/> ago.</summary>
    public IReadOnlyList<DiskSample> Read(TimeSpan elapsed)
    {
        ReadMounts();
        ReadCounters(elapsed);

        var samples = new List<DiskSample>(_disks.Count);
        foreach (var disk in _disks)
        {
            if (_space(disk.Mount) is { } room)
            {
                samples.Add(new DiskSample(disk.Mount, disk.Device, room.Total, room.Used, disk.ReadRate, disk.WriteRate));
            }
        }

        return samples;
    }

    private void ReadMounts()
    {
        var text = _file.Read(_mountsPath);
        if (text.SequenceEqual(_mounts))
        {
            return;
        }

        _mounts = text.ToArray();
        var disks = new List<Disk>();

        foreach (var range in text.Split((byte)'\n'))
        {
            if (Disk.Parse(text[range]) is not { } disk)
            {
                continue;
            }

            // A later mount hides an earlier one on the same folder.
            disks.RemoveAll(other => other.Mount == disk.Mount);
            var twin = disks.FindIndex(other => other.Device == disk.Device);

            if (twin < 0)
            {
                disks.Add(disk);
            }
            else if (disk.Mount.Length < disks[twin].Mount.Length)
            {
                disks[twin] = disk;
            }
        }

        // Disks that stay keep their counters, so that plugging one in does not break the curves of the others.
        _disks = disks.ConvertAll(disk => _disks.Find(disk.IsSameAs) ?? disk);
    }

    private void ReadCounters(TimeSpan elapsed)
    {
        foreach (var disk in _disks)
        {
            disk.ReadRate = 0;
            disk.WriteRate = 0;
        }

        var text = _file.Read(_countersPath);
        foreach (var range in text.Split((byte)'\n'))
        {
            var fields = new Fields(text[range]);
            var major = fields.NextNumber();
            var minor = fields.NextNumber();
            var name = fields.Next();

            foreach (var disk in _disks)
            {
                if (disk.IsCountedAs(major, minor, name))
                {
                    disk.Count(fields, elapsed);
                }
            }
        }
    }

    private sealed class Disk
    {
        private byte[] _name = [];
        private ulong _major;
        private ulong _minor;
        private bool _counted;
        private ulong _read;
        private ulong _written;

        public required string Mount { get; init; }

        public required string Device { get; init; }

        public double ReadRate { get; set; }

        public double WriteRate { get; set; }

        /// <summary>A line of mountinfo (proc_pid_mountinfo(5)); null when it is not about a disk.</summary>
        public static Disk? Parse(ReadOnlySpan<byte> line)
        {
            // 36 35 98:0 /root /mount options [optional fields] - type source options
            var separator = line.IndexOf(" - "u8);
            if (separator < 0)
            {
                return null;
            }

            var fields = new Fields(line);
            fields.Skip(2);
            var number = fields.Next();
            fields.Skip(1);
            var mount = fields.Next();

            var origin = new Fields(line[(separator + 3)..]);
            var type = origin.Next();
            var source = origin.Next();

            // A squashfs is the image of a package: always full, never written.
            var isDevice = source.StartsWith("/dev/"u8) && !type.SequenceEqual("squashfs"u8);
            if (!isDevice && !mount.SequenceEqual("/"u8))
            {
                return null;
            }

            return new Disk
            {
                Mount = Unescape(mount),
                Device = Unescape(source),
                _name = source[(source.LastIndexOf((byte)'/') + 1)..].ToArray(),
                _major = Fields.Number(number),
                _minor = Fields.Number(number[(number.IndexOf((byte)':') + 1)..]),
            };
        }

        public bool IsSameAs(Disk other) =>
            Mount == other.Mount && Device == other.Device && _major == other._major && _minor == other._minor;

        /// <summary>Whether a line of diskstats is about this disk.</summary>
        /// <remarks>By number, since /dev/root and /dev/mapper/* are other names there; btrfs has no number, only the name.</remarks>
        public bool IsCountedAs(ulong major, ulong minor, ReadOnlySpan<byte> name) =>
            _major == 0 ? name.Length > 0 && name.SequenceEqual(_name) : _major == major && _minor == minor;

        public void Count(Fields counters, TimeSpan elapsed)
        {
            counters.Skip(2);
            var read = counters.NextNumber() * SectorSize;
            counters.Skip(3);
            var written = counters.NextNumber() * SectorSize;

            if (_counted)
            {
                ReadRate = Counter.Rate(_read, read, elapsed);
                WriteRate = Counter.Rate(_written, written, elapsed);
            }

            _counted = true;
            _read = read;
            _written = written;
        }

        /// <summary>Blanks, tabs, line ends and backslashes are written as a backslash and three octal digits.</summary>
        private static string Unescape(ReadOnlySpan<byte> text)
        {
            var plain = new byte[text.Length];
            var length = 0;

            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] == '\\' && i + 3 < text.Length)
                {
                    plain[length++] = (byte)(((text[i + 1] - '0') << 6) | ((text[i + 2] - '0') << 3) | (text[i + 3] - '0'));
                    i += 3;
                }
                else
                {
                    plain[length++] = text[i];
                }
            }

            return Encoding.UTF8.GetString(plain, 0, length);
        }
    }
}
