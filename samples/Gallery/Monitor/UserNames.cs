using System.Text;

namespace Gallery.Monitor;

/// <summary>The names of the users of this machine, read once.</summary>
/// <remarks>Thread-safe. Users that a directory service knows, and not the table, are shown by number.</remarks>
public sealed class UserNames(MonitorPaths paths)
{
    private readonly Lazy<Dictionary<uint, string>> _names = new(() => Load(paths.Passwd));

    /// <summary>The name of a user, or the number where the table has none.</summary>
    public string Of(uint user) => _names.Value.GetValueOrDefault(user) ?? user.ToString();

    private static Dictionary<uint, string> Load(string path)
    {
        var names = new Dictionary<uint, string>();
        var text = new ProcFile().Read(path);

        foreach (var range in text.Split((byte)'\n'))
        {
            // name:password:uid:...
            var line = text[range];
            var name = line[..Math.Max(line.IndexOf((byte)':'), 0)];
            var rest = line[Math.Min(name.Length + 1, line.Length)..];
            var number = rest[(rest.IndexOf((byte)':') + 1)..];

            if (name.Length > 0)
            {
                names.TryAdd((uint)Fields.Number(number), Encoding.UTF8.GetString(name));
            }
        }

        return names;
    }
}
