using System.Globalization;
using Oriel.Bench.Ipc;
using Oriel.Ipc;

switch (args)
{
    case ["echo-grpc", var path]:
        await GrpcEcho.RunAsync(path);
        return 0;

    case ["measure-grpc", var path, var warmUp, var seconds, var tasks]:
        return await MeasureAsync(new GrpcSubject(path), warmUp, seconds, tasks);

    case ["inprocess", var warmUp, var seconds, var tasks]:
        var (first, second) = ThreadChannel.CreatePair();
        await using (new PeerEcho(second))
        {
            return await MeasureAsync(new PeerSubject(first), warmUp, seconds, tasks);
        }

    case ["envelope", var folder]:
        return EnvelopeBenchmarks.Run(folder);

    default:
        await Console.Error.WriteLineAsync("usage: Oriel.Bench.Ipc MODE ... (bench/run ipc knows them)");
        return 2;
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

static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));
