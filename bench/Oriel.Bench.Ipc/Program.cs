using System.Globalization;
using Oriel.Bench.Ipc;
using Oriel.Ipc;

return args switch
{
    ["echo", var path, .. var options] => await EchoAsync(path, PeerMode.Parse(options)),
    ["measure", var path, var warmUp, var seconds, var tasks, .. var options] => await MeasurePeerAsync(path, PeerMode.Parse(options), warmUp, seconds, tasks),
    ["inprocess", var warmUp, var seconds, var tasks] => await MeasureInProcessAsync(warmUp, seconds, tasks),

    ["echo-channel", var path] => await EchoBareAsync(path),
    ["measure-channel", var path, var warmUp, var seconds, var tasks] => await MeasureAsync(new ChannelSubject(await AcceptAsync(path, new PeerMode())), warmUp, seconds, tasks),

    ["echo-grpc", var path] => await GrpcEcho.RunAsync(path),
    ["measure-grpc", var path, var warmUp, var seconds, var tasks] => await MeasureAsync(new GrpcSubject(path), warmUp, seconds, tasks),

    ["envelope", var folder] => EnvelopeBenchmarks.Run(folder),
    _ => await ExplainAsync(),
};

static async Task<int> EchoAsync(string path, PeerMode mode)
{
    await using var echo = new PeerEcho(await ConnectAsync(path, mode), mode);
    await echo.RunAsync();
    return 0;
}

static async Task<int> EchoBareAsync(string path)
{
    await using var channel = await ConnectAsync(path, new PeerMode());
    ChannelSubject.Echo(channel);
    return 0;
}

static async Task<int> MeasurePeerAsync(string path, PeerMode mode, string warmUp, string seconds, string tasks) =>
    await MeasureAsync(new PeerSubject(await AcceptAsync(path, mode), mode), warmUp, seconds, tasks);

static async Task<int> MeasureInProcessAsync(string warmUp, string seconds, string tasks)
{
    var mode = new PeerMode { IsText = true };
    var (first, second) = ThreadChannel.CreatePair();
    await using var echo = new PeerEcho(second, mode);
    return await MeasureAsync(new PeerSubject(first, mode), warmUp, seconds, tasks);
}

static async Task<int> MeasureAsync(ISubject subject, string warmUp, string seconds, string tasks)
{
    await using (subject)
    {
        var measurement = new Measurement(subject, Seconds(warmUp), Seconds(seconds));
        Console.WriteLine(await measurement.RunAsync(tasks));
        return 0;
    }
}

static async Task<IIpcChannel> ConnectAsync(string path, PeerMode mode) => await LocalSocketChannel.ConnectAsync(LocalSocketAddress.Parse(path), mode.SocketOptions);

static async Task<IIpcChannel> AcceptAsync(string path, PeerMode mode)
{
    // The listener takes no further connection, and leaves the one that it has.
    await using var listener = LocalSocketListener.Listen(LocalSocketAddress.Parse(path), mode.SocketOptions);
    Console.WriteLine("listening");
    using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
    return await listener.AcceptAsync(limit.Token);
}

static async Task<int> ExplainAsync()
{
    await Console.Error.WriteLineAsync("usage: Oriel.Bench.Ipc MODE ... (bench/run ipc knows them)");
    return 2;
}

static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));
