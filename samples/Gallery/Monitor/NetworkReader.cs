namespace Gallery.Monitor;

/// <summary>Reads the traffic of the network interfaces that have carried any.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class NetworkReader(MonitorPaths paths)
{
    private readonly string _path = Path.Join(paths.Proc, "self", "net", "dev");
    private readonly ProcFile _file = new();
    private List<Interface> _interfaces = [];

    /// <summary>Reads the traffic now; rates are those since the call before, which was <paramref name="elapsed"/> ago.</summary>
    public IReadOnlyList<NetworkSample> Read(TimeSpan elapsed)
    {
        var text = _file.Read(_path);
        var samples = new List<NetworkSample>(_interfaces.Count);
        var interfaces = new List<Interface>(_interfaces.Count);

        foreach (var range in text.Split((byte)'\n'))
        {
            // Only the two lines of headings have no colon.
            var line = text[range];
            var colon = line.LastIndexOf((byte)':');
            if (colon < 0)
            {
                continue;
            }

            var fields = new Fields(line[(colon + 1)..]);
            var received = fields.NextNumber();
            fields.Skip(7);
            var sent = fields.NextNumber();

            var before = Find(line[..colon].Trim((byte)' '), new Interface(default, received, sent));
            interfaces.Add(before with { Received = received, Sent = sent });

            if (received + sent > 0)
            {
                samples.Add(new NetworkSample(
                    before.Name.Text,
                    Counter.Rate(before.Received, received, elapsed),
                    Counter.Rate(before.Sent, sent, elapsed),
                    received,
                    sent));
            }
        }

        _interfaces = interfaces;
        return samples;
    }

    private Interface Find(ReadOnlySpan<byte> name, Interface unknown)
    {
        foreach (var known in _interfaces)
        {
            if (known.Name.Is(name))
            {
                return known;
            }
        }

        return unknown with { Name = new KernelName(name) };
    }

    private readonly record struct Interface(KernelName Name, ulong Received, ulong Sent);
}
