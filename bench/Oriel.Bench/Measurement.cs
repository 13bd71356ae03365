using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Oriel.Protocols;

namespace Oriel.Bench;

/// <summary>One mode of the benchmark: what the page asks for, and the clock.</summary>
internal sealed partial class Measurement
{
    private readonly OrielApp _app;
    private readonly string _mode;
    private readonly int _size;
    private readonly int _count;
    private readonly int _inFlight;
    private readonly long[] _arrivals;
    private int _arrived;
    private long _started;
    private bool _isMeasuring;

    public Measurement(OrielApp app, string mode, int size, int count, int inFlight)
    {
        _app = app;
        _mode = mode;
        _size = size;
        _count = count;
        _inFlight = inFlight;
        _arrivals = new long[mode == "invoke" ? count + 1 : 0];

        app.Commands.MapRaw("echo", Echo);
        app.Commands.MapRaw("control", Control);
        app.Commands.MapRaw("failed", Fail);
        app.Protocols.Map("bench", RespondAsync);
        MapTyped();
    }

    public static WindowOptions Window { get; } = new() { Title = "bench", Width = 800, Height = 600, BackgroundColor = Color.Parse("#1e90ff") };

    public int Run()
    {
        _app.CreateWindow(Window with { Url = $"oriel://app/bench.html#{_mode},{_size},{_count},{_inFlight}" });
        return _app.Run();
    }

    private ValueTask Echo(CommandContext context)
    {
        if (_mode == "typed")
        {
            Arrive(_raw);
        }
        else if (_isMeasuring && _arrived < _arrivals.Length)
        {
            _arrivals[_arrived++] = Stopwatch.GetTimestamp();
        }

        context.Result.Write(context.Arguments.Span);
        return ValueTask.CompletedTask;
    }

    private void Ready()
    {
        switch (_mode)
        {
            case "events":
                _ = Task.Run(EmitAsync);
                break;
            case "state":
                _ = Task.Run(() => ChangeStateAsync(_shown!));
                break;
            default:
                _program = new PeakMemory(Environment.ProcessId);
                _web = new PeakMemory(PeakMemory.FindWebProcess());
                break;
        }
    }

    private ValueTask Control(CommandContext context)
    {
        var now = Stopwatch.GetTimestamp();
        switch (Encoding.UTF8.GetString(context.Arguments.Span))
        {
            case "\"ready\"":
                Ready();
                break;

            case "\"turn\"":
                _last = 0;
                break;

            case "\"start\"":
                _isMeasuring = true;
                if (_mode is not ("events" or "state"))
                {
                    _started = now;
                }

                break;

            case "\"done\"":
                Report(Stopwatch.GetElapsedTime(_started, now));
                break;
        }

        return ValueTask.CompletedTask;
    }

    // Warm-up first, then what counts, from its first emit on, as the floor does.
    private async Task EmitAsync()
    {
        var data = new ArrayBufferWriter<byte>();
        using (var json = new System.Text.Json.Utf8JsonWriter(data))
        {
            const string Pattern = "{\"id\":17,\"name\":\"floor\",\"tags\":[\"a\",\"b\"]},";
            json.WriteStringValue(string.Concat(Enumerable.Repeat(Pattern, _size / Pattern.Length + 1))[.._size]);
        }

        var window = _app.Windows[0];
        var warm = (_count + 4) / 5;
        for (var i = 0; i < warm; i++)
        {
            await window.EmitAsync("item", data.WrittenMemory).ConfigureAwait(false);
        }

        while (!Volatile.Read(ref _isMeasuring))
        {
            await Task.Delay(1).ConfigureAwait(false);
        }

        _started = Stopwatch.GetTimestamp();
        for (var i = 0; i < _count; i++)
        {
            await window.EmitAsync("item", data.WrittenMemory).ConfigureAwait(false);
        }
    }

    private async ValueTask<ProtocolResponse> RespondAsync(ProtocolRequest request)
    {
        if (request.Address.AbsolutePath == "/blob")
        {
            return ProtocolResponse.Of(_blob ??= new byte[_size]);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        var total = 0;
        int count;
        while ((count = await request.Body.ReadAsync(buffer, request.CancellationToken).ConfigureAwait(false)) > 0)
        {
            total += count;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return total == _size ? ProtocolResponse.Of(default) : ProtocolResponse.Error(400, "The body has another length.");
    }

    private byte[]? _blob;

    private void Report(TimeSpan elapsed)
    {
        var result = _mode switch
        {
            "invoke" => ReportTimes(),
            "typed" or "state" => ReportPair(),
            "up" or "down" => ReportBytes(elapsed),
            "streamup" or "streamdown" => $"{ReportBytes(elapsed)},{ReportMemory()}",
            _ => string.Create(CultureInfo.InvariantCulture, $"\"per_second\":{_count / elapsed.TotalSeconds:0}"),
        };

        Console.WriteLine($"{{\"mode\":\"{_mode}\",\"size\":{_size},\"count\":{_count},{result}}}");
        _app.Quit();
    }

    private string ReportBytes(TimeSpan elapsed) =>
        string.Create(CultureInfo.InvariantCulture, $"\"mb_per_second\":{(double)_size * _count / 1e6 / elapsed.TotalSeconds:0.0}");

    private string ReportTimes()
    {
        var times = new double[_arrived - 1];
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = Stopwatch.GetElapsedTime(_arrivals[i], _arrivals[i + 1]).TotalMicroseconds;
        }

        Array.Sort(times);
        return string.Create(CultureInfo.InvariantCulture, $"\"p50_us\":{times[times.Length / 2]:0.0},\"p99_us\":{times[times.Length * 99 / 100]:0.0}");
    }

    private ValueTask Fail(CommandContext context)
    {
        Console.Error.WriteLine($"The page failed: {Encoding.UTF8.GetString(context.Arguments.Span)}");
        _app.Quit(1);
        return ValueTask.CompletedTask;
    }
}
