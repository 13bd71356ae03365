using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Oriel.Bench;

/// <summary>The modes that go through generated code.</summary>
internal sealed partial class Measurement
{
    private readonly List<double> _typed = [];
    private readonly List<double> _raw = [];
    private TaskCompletionSource<long>? _seen;
    private SharedState<Shown>? _shown;
    private PeakMemory? _program;
    private PeakMemory? _web;
    private long _last;

    private void MapTyped()
    {
        _app.Commands.Map("typed", (string text) =>
        {
            Arrive(_typed);
            return text;
        });

        _shown = _app.State("shown", new Shown(0, new string('a', _size)));
        _app.Commands.Map("items", Items);
        _app.Commands.Map("film", (long length) => (Stream)new FilledStream(length));
        _app.Commands.Map("save", static async (Stream content, CancellationToken cancel) =>
        {
            var buffer = new byte[64 * 1024];
            long total = 0;
            int count;
            while ((count = await content.ReadAsync(buffer, cancel).ConfigureAwait(false)) > 0)
            {
                total += count;
            }

            return total;
        });

        _app.Commands.MapRaw("seen", _ =>
        {
            _seen?.TrySetResult(Stopwatch.GetTimestamp());
            return ValueTask.CompletedTask;
        });
    }

    private async IAsyncEnumerable<string> Items(int count)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        var item = new string('a', _size);
        for (var i = 0; i < count; i++)
        {
            yield return item;
        }
    }

    // A round trip is the time from one call's arrival to the next one's, within a block of one kind.
    private void Arrive(List<double> times)
    {
        if (!_isMeasuring)
        {
            return;
        }

        var now = Stopwatch.GetTimestamp();
        if (_last != 0)
        {
            times.Add(Stopwatch.GetElapsedTime(_last, now).TotalMicroseconds);
        }

        _last = now;
    }

    private async Task ChangeStateAsync(SharedState<Shown> state)
    {
        var window = _app.Windows[0];
        var warm = (_count + 4) / 5;
        for (var i = 1; i <= warm + _count; i++)
        {
            var byState = await WaitAsync(() =>
            {
                state.Update(value => value with { Count = i });
                return Task.CompletedTask;
            }).ConfigureAwait(false);
            var byEvent = await WaitAsync(() => window.EmitAsync("shown-raw", Json(i)).AsTask()).ConfigureAwait(false);
            if (i > warm)
            {
                _typed.Add(byState);
                _raw.Add(byEvent);
            }
        }

        Report(default);

        async Task<double> WaitAsync(Func<Task> change)
        {
            var seen = _seen = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            var started = Stopwatch.GetTimestamp();
            await change().ConfigureAwait(false);
            return Stopwatch.GetElapsedTime(started, await seen.Task.ConfigureAwait(false)).TotalMicroseconds;
        }

        static ReadOnlyMemory<byte> Json(int count) => JsonSerializer.SerializeToUtf8Bytes(new Shown(count, ""), BenchJson.Default.Shown);
    }

    private string ReportPair() =>
        string.Create(CultureInfo.InvariantCulture, $"\"p50_us\":{Median(_typed):0.0},\"raw_p50_us\":{Median(_raw):0.0}");

    private string ReportMemory() =>
        string.Create(CultureInfo.InvariantCulture, $"\"program_growth_mb\":{_program!.GrowthMegabytes:0.0},\"web_growth_mb\":{_web!.GrowthMegabytes:0.0}");

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
