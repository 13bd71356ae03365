using System.Globalization;

namespace Gallery.EndToEnd;

public sealed class IsolationTests(GalleryHost host)
{
    private static readonly string[] Tables = ["tcp", "tcp6", "udp", "udp6"];

    [Fact]
    public async Task Neither_the_program_nor_the_engine_opens_an_internet_socket()
    {
        await using var window = await host.OpenAsync(new GalleryOptions { Page = "monitor" });
        await window.RunAsync("location.hash = 'files'");
        await window.SelectRowAsync(".file-grid", "Gradient.png");
        await window.UntilAsync("document.querySelector('.preview-image')?.complete");

        var sockets = Family(Environment.ProcessId).SelectMany(SocketsOf).ToHashSet();
        var opened = Tables.SelectMany(InternetSockets).Where(socket => sockets.Contains(socket.Inode));

        Assert.Empty(opened);
    }

    [Fact]
    public async Task A_page_cannot_reach_the_internet()
    {
        await using var window = await host.OpenAsync(new GalleryOptions { Page = "events" });

        var outcome = await window.RunAsync("""
            const refused = new Promise(resolve => document.addEventListener("securitypolicyviolation", event => resolve(event.effectiveDirective), { once: true }));
            const fetched = await fetch("http://127.0.0.1:9/").then(() => "fetched", () => "failed");
            return `${fetched} ${await refused}`;
            """);

        Assert.Equal("failed connect-src", outcome.GetString());
    }

    // The process and all that descends from it: the web process and the network process.
    private static List<int> Family(int ancestor)
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) && ParentOf(folder) is { } parent)
            {
                parents[pid] = parent;
            }
        }

        List<int> family = [ancestor];
        for (var i = 0; i < family.Count; i++)
        {
            family.AddRange(parents.Where(pair => pair.Value == family[i]).Select(static pair => pair.Key));
        }

        return family;
    }

    private static int? ParentOf(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Join(folder, "stat"));
            return int.Parse(stat[(stat.LastIndexOf(')') + 1)..].Split(' ')[2], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It has ended.
            return null;
        }
    }

    private static List<string> SocketsOf(int pid)
    {
        try
        {
            return [.. new DirectoryInfo($"/proc/{pid}/fd").EnumerateFiles()
                .Select(static file => file.LinkTarget)
                .Where(static target => target?.StartsWith("socket:[", StringComparison.Ordinal) == true)
                .Select(static target => target!["socket:[".Length..^1])];
        }
        catch (DirectoryNotFoundException)
        {
            // It has ended.
            return [];
        }
    }

    private static IEnumerable<(string Table, string Local, string Inode)> InternetSockets(string table) => File.ReadLines($"/proc/self/net/{table}")
        .Skip(1)
        .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(fields => (table, fields[1], fields[9]));
}
