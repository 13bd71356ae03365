using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Oriel.Components;
using WidgetBook;

namespace Oriel.Bench.Components;

/// <summary>One mode of the benchmark in a window: what the page shows and asks for, and the clock.</summary>
internal sealed class WindowMeasurement
{
    private const int UpdatesPerSecond = 1_000;

    private readonly OrielApp _app;
    private readonly string _mode;
    private readonly int _count;
    private readonly string? _file;
    private readonly Arrivals _arrivals;
    private readonly State<int> _number = new(0);
    private readonly List<double> _renders = [];
    private Window _window = null!;
    private int _clicked;
    private int _framesInFlight;
    private int _waitingRenders;
    private double _writesPerSecond;

    /// <param name="app">With components, and with the pages' script.</param>
    /// <param name="mode">What is measured.</param>
    /// <param name="count">Rounds, loads or seconds of it.</param>
    /// <param name="file">The markup of the widget book: written by "markup", read by the floor's "render".</param>
    public WindowMeasurement(OrielApp app, string mode, int count, string? file)
    {
        _app = app;
        _mode = mode;
        _count = count;
        _file = file;
        _arrivals = new Arrivals(WarmUp + count);

        app.Commands.MapRaw("click", Click);
        app.Commands.MapRaw("echo", Repeat);
        app.Commands.MapRaw("markup", Markup);
        app.Commands.MapRaw("write", WriteAsync);
        app.Commands.MapRaw("done", Finish);
        app.Commands.MapRaw("failed", Fail);
    }

    // Until the JIT has made of both what it will.
    private int WarmUp => Math.Max(_count / 2, 1);

    public int Run(bool isFloor)
    {
        var rounds = _mode is "click" or "typing" ? _count + WarmUp : _count;
        var address = string.Create(CultureInfo.InvariantCulture, $"oriel://app/{(isFloor ? "floor.html" : "")}#{_mode},{rounds}");
        var options = new WindowOptions { Title = "bench", Width = 800, Height = 600, Url = address };
        _window = isFloor ? _app.CreateWindow(options) : Show(options);
        return _app.Run();
    }

    private Window Show(WindowOptions options) => _mode switch
    {
        "click" => Show<Clicks>(options, nameof(Clicks.Arrivals), _arrivals),
        "typing" => Show<Echo>(options, nameof(Echo.Arrivals), _arrivals),
        "updates" => Show<Updates>(options, nameof(Updates.Number), _number),
        _ => _app.CreateWindow<Book>(options),
    };

    private Window Show<T>(WindowOptions options, string parameter, object value)
        where T : IComponent => _app.CreateWindow<T>(options, new Dictionary<string, object?> { [parameter] = value });

    private ValueTask Click(CommandContext context)
    {
        _arrivals.Add();
        context.Result.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{++_clicked}")));
        return ValueTask.CompletedTask;
    }

    private ValueTask Repeat(CommandContext context)
    {
        _arrivals.Add();
        context.Result.Write(context.Arguments.Span);
        return ValueTask.CompletedTask;
    }

    private ValueTask Markup(CommandContext context)
    {
        context.Result.Write(File.ReadAllBytes(_file!));
        return ValueTask.CompletedTask;
    }

    // Writes as long as the page is to be watched, each number by itself, and answers with the last one.
    private async ValueTask WriteAsync(CommandContext context)
    {
        var renderer = ComponentWindow.Of(_window)!.Session!.Renderer;
        var total = _count * UpdatesPerSecond;
        var started = TimeProvider.System.GetTimestamp();
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (_number.Value < total && await ticks.WaitForNextTickAsync(context.CancellationToken).ConfigureAwait(false))
        {
            var due = Math.Min(total, (int)(TimeProvider.System.GetElapsedTime(started).TotalSeconds * UpdatesPerSecond));
            while (_number.Value < due)
            {
                _number.Value++;
                _framesInFlight = Math.Max(_framesInFlight, renderer.FramesInFlight);
                _waitingRenders = Math.Max(_waitingRenders, renderer.Changed.Count);
            }
        }

        _writesPerSecond = total / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        context.Result.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{total}")));
    }

    private ValueTask Finish(CommandContext context)
    {
        using var document = JsonDocument.Parse(context.Arguments);
        var seen = document.RootElement;
        if (_mode == "markup")
        {
            File.WriteAllBytes(_file!, context.Arguments.ToArray());
        }
        else if (_mode == "render" && AddRender(seen.GetDouble()) < 1 + _count)
        {
            _window.Reload();
            return ValueTask.CompletedTask;
        }

        Console.WriteLine($"{{{ReportOf(seen)}}}");
        _app.Quit();
        return ValueTask.CompletedTask;
    }

    private int AddRender(double milliseconds)
    {
        _renders.Add(milliseconds);
        return _renders.Count;
    }

    private string ReportOf(JsonElement seen) => _mode switch
    {
        "click" or "typing" => ReportTimes(_arrivals.Microseconds(_count, 0.5, 0.99)),
        "render" => string.Create(CultureInfo.InvariantCulture, $"\"first_ms\":{_renders[0]},\"again_ms\":{_renders.Skip(1).Order().ElementAt(_count / 2)}"),
        "updates" => string.Create(
            CultureInfo.InvariantCulture,
            $"\"fps\":{Of(seen, "fps"):0.0},\"idle_fps\":{Of(seen, "idle"):0.0},\"shown_per_second\":{Of(seen, "shown"):0.0},\"writes_per_second\":{_writesPerSecond:0},\"frames_in_flight\":{_framesInFlight},\"waiting_renders\":{_waitingRenders}"),
        _ => "",
    };

    private static double Of(JsonElement seen, string member) => seen.GetProperty(member).GetDouble();

    private static string ReportTimes(double[] times) => string.Create(CultureInfo.InvariantCulture, $"\"p50_us\":{times[0]:0.0},\"p99_us\":{times[1]:0.0}");

    private ValueTask Fail(CommandContext context)
    {
        Console.Error.WriteLine($"The page failed: {Encoding.UTF8.GetString(context.Arguments.Span)}");
        _app.Quit(1);
        return ValueTask.CompletedTask;
    }
}
