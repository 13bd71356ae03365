using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Oriel.Ipc;

namespace Oriel.Bench.Components;

/// <summary>What a click costs in C#, and what it sends, without a page.</summary>
internal static class SessionMeasurement
{
    /// <summary>Clicks, and prints one line of JSON.</summary>
    /// <param name="what">What a click changes: "counter", or a <see cref="RowChange"/>.</param>
    /// <param name="count">Clicks that count, behind half as many that do not.</param>
    public static async Task RunAsync(string what, int count)
    {
        var page = what == "counter"
            ? MemoryPage.Show<Clicks>()
            : MemoryPage.Show<Rows>(new Dictionary<string, object?> { [nameof(Rows.Change)] = Enum.Parse<RowChange>(what, ignoreCase: true) });
        await using (page.ConfigureAwait(false))
        {
            Console.WriteLine(Measure(page, what, count));
        }
    }

    private static string Measure(MemoryPage page, string what, int count)
    {
        for (var i = 0; i < count / 2; i++)
        {
            page.Take(page.Send(page.Click()));
        }

        List<double> times = [], allocations = [], bytes = [];
        var envelope = 0;
        for (var i = 0; i < count; i++)
        {
            var message = page.Click();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            var turn = page.Send(message);
            var elapsed = Stopwatch.GetElapsedTime(started);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            var frame = page.Take(turn);
            if (what == "insert" && (i + count / 2) % 2 != 0)
            {
                // The row goes again, which counts for nothing.
                continue;
            }

            times.Add(elapsed.TotalMilliseconds);
            allocations.Add(allocated);
            bytes.Add(frame.Length);
            envelope = EnvelopeOf(frame.Span);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"bytes\":{Median(bytes)},\"envelope_bytes\":{envelope},\"cpu_ms\":{Median(times):0.0000},\"allocated_bytes\":{Median(allocations)}}}");
    }

    // As the answer of a call of the page: in the list of messages, in the envelope of an answer, with its line feed.
    private static int EnvelopeOf(ReadOnlySpan<byte> frame)
    {
        var line = new ArrayBufferWriter<byte>();
        EnvelopeWriter.Write(line, IpcMessage.Response(new IpcId(1000), new IpcPayload((byte[])[.. "["u8, .. frame, .. "]"u8])));
        return line.WrittenCount + 1 - frame.Length;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
