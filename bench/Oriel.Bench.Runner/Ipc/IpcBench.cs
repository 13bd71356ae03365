namespace Oriel.Bench.Runner;

/// <summary>The channel between two processes beside a socket in C, and beside what others offer: all in one run, in turn.</summary>
internal sealed class IpcBench(IpcPairs pairs, int rounds, double seconds, Action<string> say)
{
    // The floor is measured between the others, so that what drifts within a round does not look like a difference.
    private const int FloorsInRound = 3;

    public async Task<Samples> RunAsync()
    {
        var samples = new Samples(rounds);
        for (var round = 0; round < rounds; round++)
        {
            (Pair Pair, Placement Placement)[] runs =
            [
                .. from placement in Placement.All from pair in pairs.Others select (pair, placement),
                .. from placement in Placement.All from floor in Enumerable.Repeat(pairs.Floor, FloorsInRound) select (floor, placement),
            ];
            new Random(round).Shuffle(runs);

            foreach (var (pair, placement) in runs)
            {
                say($"round {round + 1} of {rounds}: {pair.Name}, {placement.Name}");
                var seen = await new PairRun(pair, placement, seconds).RunAsync();
                foreach (var (task, member, value) in from task in seen.EnumerateObject() from member in task.Value.EnumerateObject() select (task.Name, member.Name, member.Value.GetDouble()))
                {
                    samples.Add(pair.Name, placement.Name, $"{task} {member}", round, value);
                    if (task == "unbatched:100")
                    {
                        // One-way as Oriel's senders do it, were there nobody who joins what they write.
                        samples.Add("floor_unbatched", placement.Name, $"oneway:100 {member}", round, value);
                    }
                }
            }

            await MeasureInProcessAsync(samples, round);
        }

        return samples;
    }

    private async Task MeasureInProcessAsync(Samples samples, int round)
    {
        say($"round {round + 1} of {rounds}: in process");
        var program = pairs.Oriel("inprocess").File;
        var seen = await new Subject(program).MeasureAsync(FormattableString.Invariant($"inprocess 0.7 {seconds} rtt:100,requests:16,requests:256,oneway:100"));
        foreach (var task in seen.EnumerateObject())
        {
            foreach (var member in task.Value.EnumerateObject())
            {
                samples.Add("inprocess", Placement.Unpinned.Name, $"{task.Name} {member.Name}", round, member.Value.GetDouble());
            }
        }
    }
}
