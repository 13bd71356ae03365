using System.Runtime.InteropServices;

namespace Gallery.Monitor;

/// <summary>Reads how busy the processors are.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class CpuReader(MonitorPaths paths)
{
    private readonly string _path = Path.Join(paths.Proc, "stat");
    private readonly ProcFile _file = new(16 * 1024);
    private readonly List<Times> _cores = [];
    private Times _total;
    private int _online;

    /// <summary>Reads the shares since the call before.</summary>
    public CpuSample Read()
    {
        var text = _file.Read(_path);
        var total = 0.0;
        var cores = new List<double>(_online);

        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            if (!line.StartsWith("cpu"u8))
            {
                break;
            }

            var fields = new Fields(line);
            var label = fields.Next();
            var now = Times.Read(ref fields);

            if (label.Length == "cpu".Length)
            {
                total = now.BusySince(_total);
                _total = now;
            }
            else
            {
                // A core is known by its number: the ones that are offline have no line.
                ref var before = ref Core((int)Fields.Number(label["cpu".Length..]));
                cores.Add(now.BusySince(before));
                before = now;
            }
        }

        _online = cores.Count;
        return new CpuSample(total, cores);
    }

    private ref Times Core(int number)
    {
        while (_cores.Count <= number)
        {
            _cores.Add(default);
        }

        return ref CollectionsMarshal.AsSpan(_cores)[number];
    }

    private readonly record struct Times(ulong Busy, ulong Total)
    {
        public static Times Read(ref Fields fields)
        {
            var user = fields.NextNumber();
            var nice = fields.NextNumber();
            var system = fields.NextNumber();
            var idle = fields.NextNumber();
            var ioWait = fields.NextNumber();
            var interrupts = fields.NextNumber() + fields.NextNumber();
            var stolen = fields.NextNumber();

            // The two fields that follow, time of guests, are already part of user and nice.
            var busy = user + nice + system + interrupts + stolen;
            return new Times(busy, busy + idle + ioWait);
        }

        public double BusySince(Times before)
        {
            if (before.Total == 0 || Total <= before.Total)
            {
                return 0;
            }

            var busy = (double)Counter.Growth(before.Busy, Busy) / (Total - before.Total);
            return Counter.Share(Math.Min(busy, 1));
        }
    }
}
