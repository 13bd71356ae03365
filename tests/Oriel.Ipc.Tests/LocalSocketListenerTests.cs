using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Oriel.Ipc.Tests;

/// <summary>Who may connect, how many, and who may listen.</summary>
[Collection(CountedResources.Name)]
[SupportedOSPlatform("linux")]
public sealed partial class LocalSocketListenerTests : IDisposable
{
    private const int Nobody = 65534;

    private readonly TemporaryFolder _folder = new();

    private LocalSocketAddress Address => LocalSocketAddress.Parse(Path.Combine(_folder.Path, "test.sock"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_a_thousand_connections_the_limit_is_kept_and_the_others_are_turned_away()
    {
        const int Limit = 20;
        var (descriptors, threads) = (CountedResources.Descriptors, CountedResources.Threads);
        await using (var victim = new Victim(new LocalSocketOptions { MaxConnections = Limit }))
        {
            List<Attacker> attackers = [];
            try
            {
                for (var i = 0; i < 1_000; i++)
                {
                    attackers.Add(victim.Attack());
                }

                await Soon.UntilAsync(() => victim.Refused.Count == 1_000 - Limit);

                foreach (var kept in attackers[..Limit])
                {
                    kept.Send("""{"type":"request","id":"1","method":"echo","data":1}""" + "\n");
                    Assert.Equal("""{"type":"response","id":"1","data":1}""", kept.ReadLine());
                }

                Assert.Null(attackers[^1].ReadLine());
                Assert.All(victim.Refused, static error => Assert.Equal((int)IpcErrorCode.Busy, error.Code));

                // The last one's answer may have come before it was entered in the list.
                await Soon.UntilAsync(() => victim.Peers.Count == Limit);
            }
            finally
            {
                attackers.ForEach(static attacker => attacker.Dispose());
            }

            await Task.WhenAll(victim.Peers.Select(static peer => peer.Channel.Closed)).InTime();
            await victim.AssertServesOthersAsync();
        }

        await CountedResources.AssertBackAsync(descriptors, threads);
    }

    [Fact]
    public async Task One_who_connects_and_says_nothing_holds_up_nobody()
    {
        await using var victim = new Victim();
        using var silent = victim.Attack();
        await victim.PeerAsync();

        await victim.AssertServesOthersAsync();
        await victim.AssertServesOthersAsync();

        Assert.False((await victim.PeerAsync()).Channel.IsShutdown);
    }

    [Fact]
    public async Task Of_servers_that_start_at_the_same_moment_one_listens_and_is_reached()
    {
        const int Servers = 3;
        for (var round = 0; round < 150; round++)
        {
            var address = LocalSocketAddress.Parse(Path.Combine(_folder.Path, $"{round}.sock"));
            using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
            {
                dead.Bind(new UnixDomainSocketEndPoint(address.Path + ".dead"));
                File.Move(address.Path + ".dead", address.Path);
            }

            using var start = new Barrier(Servers);
            var attempts = await Task.WhenAll(Enumerable.Range(0, Servers).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return TryListen(address);
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default))).InTime();

            await using var listener = Assert.Single(attempts, static listener => listener is not null);
            var accepting = listener!.AcceptAsync();
            await using var client = await LocalSocketChannel.ConnectAsync(address).InTime();
            await using var server = await accepting.InTime();
        }
    }

    // The end of one server meets the beginning of others: a lock on a file that was just removed is a lock on nothing.
    [Fact]
    public async Task No_two_servers_ever_hold_one_name_while_servers_come_and_go()
    {
        var (live, most, turns) = (0, 0, 0);
        using var end = new CancellationTokenSource();
        var servers = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                while (!end.IsCancellationRequested)
                {
                    if (TryListen(Address) is { } listener)
                    {
                        var now = Interlocked.Increment(ref live);
                        InterlockedMax(ref most, now);
                        if (Interlocked.Increment(ref turns) >= 3_000)
                        {
                            end.Cancel();
                        }

                        Interlocked.Decrement(ref live);
                        listener.DisposeAsync().AsTask().GetAwaiter().GetResult();
                    }
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();

        await Task.WhenAll(servers).InTime();
        Assert.Equal(1, most);
    }

    [Theory]
    [InlineData(108)]
    [InlineData(200)]
    public void A_path_that_no_socket_can_have_is_refused_by_its_length(int bytes)
    {
        var path = "/" + new string('p', bytes - 1);

        var refused = Assert.Throws<ArgumentException>(() => LocalSocketAddress.Parse(path));

        Assert.Contains($"{bytes} bytes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_of_107_bytes_works()
    {
        var path = _folder.Path + "/" + new string('p', 107 - _folder.Path.Length - 1);
        await using var pair = await SocketPair.CreateAsync(LocalSocketAddress.Parse(path));

        await pair.Client.SendAsync(IpcMessage.Event("e", default));

        Assert.Equal("e", (await pair.Server.ReceiveAsync().AsTask().InTime())?.Name);
    }

    [Theory]
    [InlineData("a link to a folder")]
    [InlineData("a link to nothing")]
    [InlineData("a file")]
    [InlineData("a folder of somebody else")]
    public void A_private_folder_that_is_not_is_refused(string what)
    {
        WithRuntimeFolder(() =>
        {
            var folder = Path.Combine(_folder.Path, "oriel");
            var elsewhere = Path.Combine(_folder.Path, "elsewhere");
            switch (what)
            {
                case "a link to a folder":
                    Directory.CreateDirectory(elsewhere);
                    Directory.CreateSymbolicLink(folder, elsewhere);
                    break;

                case "a link to nothing":
                    Directory.CreateSymbolicLink(folder, elsewhere);
                    break;

                case "a file":
                    File.WriteAllText(folder, "");
                    break;

                default:
                    Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can give a folder away.");
                    Directory.CreateDirectory(folder);
                    Run("chown", $"{Nobody}", folder);
                    break;
            }

            var refused = Assert.Throws<IpcException>(() => LocalSocketListener.Listen(LocalSocketAddress.Parse("name")));

            Assert.Equal(IpcErrorCode.Denied, refused.Code);
            Assert.Contains(folder, refused.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_private_folder_that_is_open_to_others_is_closed_to_them()
    {
        WithRuntimeFolder(() =>
        {
            var folder = Path.Combine(_folder.Path, "oriel");
            Directory.CreateDirectory(folder);
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);

            using var listener = new Disposing(LocalSocketListener.Listen(LocalSocketAddress.Parse("name")));

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        });
    }

    // Not the same text as the one that was compared with it, so the folder was neither made nor checked.
    [Fact]
    public void A_private_folder_whose_path_is_written_oddly_is_made_and_closed()
    {
        WithRuntimeFolder(
            () =>
            {
                var folder = Path.Combine(_folder.Path, "oriel");
                Directory.CreateDirectory(folder);
                File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);

                using var listener = new Disposing(LocalSocketListener.Listen(LocalSocketAddress.Parse("name")));

                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
            },
            "//" + _folder.Path.TrimStart('/').Replace("/", "//", StringComparison.Ordinal));
    }

    // Every further listener of that name was told that it was taken.
    [Fact]
    public async Task A_link_that_a_killed_listener_left_is_replaced()
    {
        var address = LocalSocketAddress.Parse(Path.Combine(_folder.Path, $"killed-{Guid.NewGuid():N}.sock"));
        var alias = LocalSocketAddress.AuroraView(address.Name).Path;
        File.CreateSymbolicLink(alias, Path.Combine(_folder.Path, "gone.sock"));
        await using var listener = LocalSocketListener.Listen(address);

        listener.AddAuroraViewAlias();

        Assert.Equal(address.Path, new FileInfo(alias).LinkTarget);
        await listener.DisposeAsync();
        Assert.Null(new FileInfo(alias).LinkTarget);
    }

    [Fact]
    public async Task A_link_of_a_listener_that_lives_is_left_alone_by_others()
    {
        var name = $"alive-{Guid.NewGuid():N}";
        Directory.CreateDirectory(Path.Combine(_folder.Path, "other"));
        await using var first = LocalSocketListener.Listen(LocalSocketAddress.Parse(Path.Combine(_folder.Path, $"{name}.sock")));
        await using var second = LocalSocketListener.Listen(LocalSocketAddress.Parse(Path.Combine(_folder.Path, "other", $"{name}.sock")));
        var alias = LocalSocketAddress.AuroraView(first.AddAuroraViewAlias()).Path;

        var refused = Assert.Throws<IpcException>(() => second.AddAuroraViewAlias());
        File.Delete(alias);
        second.AddAuroraViewAlias();
        await first.DisposeAsync();

        Assert.Equal(IpcErrorCode.Busy, refused.Code);
        Assert.Equal(second.Address.Path, new FileInfo(alias).LinkTarget);
    }

    [Fact]
    public async Task A_handler_of_refusals_that_throws_does_not_end_the_accepting()
    {
        await using var listener = LocalSocketListener.Listen(Address, new LocalSocketOptions { MaxConnections = 1 });
        var refusals = 0;
        listener.Refused += _ =>
        {
            refusals++;
            throw new InvalidOperationException("The log is full.");
        };
        using var first = new Attacker(Address);
        await using var channel = await listener.AcceptAsync().InTime();
        var accepting = listener.AcceptAsync();
        using var second = new Attacker(Address);
        Assert.Null(second.ReadLine());

        Assert.Equal(1, refusals);
        Assert.False(accepting.IsCompleted);
        await listener.DisposeAsync();
        Assert.Equal(IpcErrorCode.ShuttingDown, (await Assert.ThrowsAsync<IpcException>(() => accepting.InTime())).Code);
    }

    [Fact]
    public async Task A_connection_for_which_no_descriptor_is_left_is_a_named_error_and_is_taken_later()
    {
        await using var listener = LocalSocketListener.Listen(Address);
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Exception? failure;

        // What tests before have left open closes now, and not in the middle: it would make room for the connection.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using (new NoDescriptors())
        {
            var accepting = listener.AcceptAsync();
            client.Connect(new UnixDomainSocketEndPoint(Address.Path));
            failure = await Record.ExceptionAsync(() => accepting.InTime());
        }

        await using var accepted = await listener.AcceptAsync().InTime();

        Assert.Equal(IpcErrorCode.Busy, Assert.IsType<IpcException>(failure).Code);
        Assert.False(accepted.IsShutdown);
    }

    [Fact]
    public async Task Another_users_connection_is_turned_away_by_name()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can become another user.");
        await using var victim = new Victim();
        OpenToOthers(victim.Address.Path);

        using var stranger = StartAsNobody("import socket,sys; s=socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); s.settimeout(60); print(len(s.recv(10)))", victim.Address.Path);
        var answer = await stranger.StandardOutput.ReadToEndAsync().InTime();

        await victim.AssertServesOthersAsync();
        Assert.Equal("0", answer.Trim());
        var refused = Assert.Single(victim.Refused);
        Assert.Equal((int)IpcErrorCode.Denied, refused.Code);
        Assert.Contains($"user {Nobody}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_users_server_is_not_talked_to()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can become another user.");
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_111_111);

        using var squatter = StartAsNobody("import socket,sys; s=socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen(); print('ready',flush=True); s.settimeout(60); c,_=s.accept(); print(len(c.recv(10)))", Address.Path);
        Assert.Equal("ready", await squatter.StandardOutput.ReadLineAsync().InTime());

        var refused = await Assert.ThrowsAsync<IpcException>(() => LocalSocketChannel.ConnectAsync(Address)).InTime();
        Assert.Equal(IpcErrorCode.Denied, refused.Code);
        Assert.Equal("0", await squatter.StandardOutput.ReadLineAsync().InTime());
    }

    private static LocalSocketListener? TryListen(LocalSocketAddress address)
    {
        try
        {
            return LocalSocketListener.Listen(address);
        }
        catch (IpcException exception) when (exception.Code == IpcErrorCode.Busy)
        {
            return null;
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    private static void OpenToOthers(string path)
    {
        File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
        File.SetUnixFileMode(Path.GetDirectoryName(path)!, (UnixFileMode)0b111_111_111);
    }

    private void WithRuntimeFolder(Action action, string? folder = null)
    {
        const string Variable = "XDG_RUNTIME_DIR";
        var before = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, folder ?? _folder.Path);
        try
        {
            action();
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        Assert.True(process.WaitForExit(Soon.Limit), $"{program} did not end.");
        Assert.Equal(0, process.ExitCode);
    }

    private static ChildProcess StartAsNobody(string program, string path) => new("setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "/usr/bin/env", "-i", "PATH=/usr/bin:/bin", "python3", "-c", program, path);

    /// <summary>While it lives this process can open nothing more.</summary>
    private sealed partial class NoDescriptors : IDisposable
    {
        private const int Files = 7;

        private readonly List<SafeHandle> _held = [];

        // The soft limit and the hard one.
        private readonly long[] _before = new long[2];

        public NoDescriptors()
        {
            var next = 1 + Directory.GetFileSystemEntries("/proc/self/fd").Max(static link => int.Parse(Path.GetFileName(link), CultureInfo.InvariantCulture));
            Assert.Equal(0, getrlimit(Files, _before));
            Assert.Equal(0, setrlimit(Files, [next, _before[1]]));

            // Those below that are free.
            try
            {
                while (true)
                {
                    _held.Add(File.OpenHandle("/dev/null"));
                }
            }
            catch (IOException)
            {
                // None is left.
            }
        }

        public void Dispose()
        {
            Assert.Equal(0, setrlimit(Files, _before));
            _held.ForEach(static handle => handle.Dispose());
        }

        [LibraryImport("libc")]
        private static partial int getrlimit(int resource, Span<long> limit);

        [LibraryImport("libc")]
        private static partial int setrlimit(int resource, ReadOnlySpan<long> limit);
    }

    private sealed class Disposing(LocalSocketListener listener) : IDisposable
    {
        public void Dispose() => listener.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
