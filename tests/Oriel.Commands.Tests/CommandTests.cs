using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Oriel.Ipc;

namespace Oriel.Commands.Tests;

/// <summary>What commands are given that is not the page's, how they answer, and when they can be called.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task Every_way_to_answer_answers()
    {
        var called = 0;
        await using var host = await Host.StartAsync(app =>
        {
            app.Commands.Map("void", (int a) => { called = a; });
            app.Commands.Map("value", () => new Point(1, 2));
            app.Commands.Map("null", () => (string?)null);
            app.Commands.Map("task", async () => await Task.Yield());
            app.Commands.Map("taskOf", async (int a) =>
            {
                await Task.Yield();
                return a + 1;
            });
            app.Commands.Map("valueTask", ValueTask () => ValueTask.CompletedTask);
            app.Commands.Map("valueTaskOf", ValueTask<int> (int a) => ValueTask.FromResult(a + 2));
            app.Commands.Map("done", Task<int> () => Task.FromResult(5));
        });

        string[] answers =
        [
            await host.CallAsync("void", "[3]"), await host.CallAsync("value"), await host.CallAsync("null"), await host.CallAsync("task"),
            await host.CallAsync("taskOf", "[1]"), await host.CallAsync("valueTask"), await host.CallAsync("valueTaskOf", "[1]"), await host.CallAsync("done"),
        ];

        Assert.Equal(["null", """{"x":1,"y":2}""", "null", "null", "2", "null", "3", "5"], answers);
        Assert.Equal(3, called);
    }

    [Fact]
    public async Task Streams_are_sent_however_they_are_wrapped()
    {
        await using var host = await Host.StartAsync(static app =>
        {
            app.Commands.Map("sequence", (int to) => Numbers(to));
            app.Commands.Map("later", async (int to) =>
            {
                await Task.Yield();
                return Numbers(to);
            });
            app.Expose(new Calculator());
        });

        Assert.Equal(["1", "2", "3"], await host.ItemsAsync("sequence", "[3]"));
        Assert.Equal(["1", "2"], await host.ItemsAsync("later", "[2]"));
        Assert.Equal(["1", "2", "3", "4"], await host.ItemsAsync("calculator.count", """{"to":4}"""));
        Assert.Equal(IpcErrorCode.InvalidRequest, (await Assert.ThrowsAsync<IpcException>(() => host.CallAsync("sequence", "[3]"))).Code);
    }

    [Fact]
    public async Task A_stream_of_the_UI_thread_stays_there_while_the_page_is_behind()
    {
        await using var host = await Host.StartAsync(static app =>
        {
            app.Commands.Map("places", () => Places(app), new CommandOptions { Thread = CommandThread.UI });
            app.Commands.Map("later", async () =>
            {
                await Task.Yield();
                return Places(app);
            }, new CommandOptions { Thread = CommandThread.UI });
        });

        foreach (var name in new[] { "places", "later" })
        {
            var items = new List<string>();
            await foreach (var item in host.Page.StreamAsync(name, credit: 1))
            {
                items.Add(item);
            }

            Assert.Equal(Enumerable.Repeat("true", 50), items);
        }

        static async IAsyncEnumerable<bool> Places(OrielApp app)
        {
            for (var i = 0; i < 50; i++)
            {
                yield return app.Dispatcher.CheckAccess();
                await Task.CompletedTask;
            }
        }
    }

    [Fact]
    public async Task A_stream_that_the_caller_does_not_take_is_not_begun()
    {
        var begun = 0;
        await using var host = await Host.StartAsync(app =>
        {
            app.Commands.Map("channel", () => Begin(ref begun));
            app.Commands.Map("later", () => Task.FromResult(Begin(ref begun)));
        });

        foreach (var name in new[] { "channel", "later" })
        {
            Assert.Equal(IpcErrorCode.InvalidRequest, (await Assert.ThrowsAsync<IpcException>(() => host.CallAsync(name))).Code);
        }

        Assert.Equal(0, begun);

        static ChannelReader<int> Begin(ref int begun)
        {
            begun++;
            return Channel.CreateUnbounded<int>().Reader;
        }
    }

    [Fact]
    public async Task The_producer_of_a_stream_whose_item_cannot_be_written_is_cancelled()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await Host.StartAsync(app => app.Commands.Map("points", (CancellationToken cancel) =>
        {
            cancel.Register(cancelled.SetResult);
            var channel = Channel.CreateUnbounded<double>();
            channel.Writer.TryWrite(double.NaN);
            return channel.Reader;
        }));

        await Assert.ThrowsAsync<IpcException>(() => host.ItemsAsync("points"));

        await cancelled.Task.InTime();
    }

    [Fact]
    public async Task What_is_not_of_the_page_is_given_by_the_application()
    {
        await using var host = await Host.StartAsync(
            static app => app.Commands.Map("all", (Window window, OrielApp app, CommandContext context, IServiceProvider services, IClock clock, [FromServices] Ledger ledger, int own, CancellationToken cancel) =>
                $"{window.Id} {app == context.App} {ReferenceEquals(services, app.Services)} {clock.Hour} {ledger.Made} {own} {cancel.CanBeCanceled}"),
            static services => services.AddSingleton<IClock, FixedClock>().AddSingleton(new Ledger { Made = 7 }));

        Assert.Equal("\"1 True True 11 7 5 True\"", await host.CallAsync("all", """{"own":5}"""));
        Assert.Equal("$.window", (await host.RefusedAsync("all", """{"own":5,"window":1}""")).Path);
    }

    [Fact]
    public async Task A_service_that_is_missing_is_named()
    {
        await using var host = await Host.StartAsync(static app => app.Commands.Map("hour", (IClock clock) => clock.Hour));

        var exception = await Assert.ThrowsAsync<IpcException>(() => host.CallAsync("hour"));

        Assert.Equal(IpcErrorCode.InternalError, exception.Code);
        Assert.Contains(nameof(IClock), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_may_be_missing_is_null()
    {
        await using var host = await Host.StartAsync(static app => app.Commands.Map("hour", (IClock? clock) => clock?.Hour ?? -1));

        Assert.Equal("-1", await host.CallAsync("hour"));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_cancels_its_token()
    {
        var (started, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var host = await Host.StartAsync(app => app.Commands.Map("wait", async (CancellationToken cancel) =>
        {
            await using var registration = cancel.Register(cancelled.SetResult);
            started.SetResult();
            await Task.Delay(Timeout.Infinite, cancel);
        }));
        using var cancellation = new CancellationTokenSource();

        var call = host.Page.InvokeAsync("wait", cancellationToken: cancellation.Token);
        await started.Task.InTime();
        await cancellation.CancelAsync();

        await cancelled.Task.InTime();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_command_of_the_UI_thread_runs_there()
    {
        await using var host = await Host.StartAsync(static app =>
        {
            app.Commands.Map(new Plain());
            app.Commands.Map("there", (OrielApp app) => app.Dispatcher.CheckAccess(), new CommandOptions { Thread = CommandThread.UI });
            app.Commands.Map("elsewhere", (OrielApp app) => app.Dispatcher.CheckAccess());
        });

        Assert.Equal(("true", "true", "false"), (await host.CallAsync("isOnUI"), await host.CallAsync("there"), await host.CallAsync("elsewhere")));
    }

    [Fact]
    public async Task A_class_is_made_of_services_once_at_the_first_call_and_ends_with_the_application()
    {
        var ledger = new Ledger();
        int before, between;
        await using (var host = await Host.StartAsync(static app => app.Commands.Map<Scans>(), services => services.AddSingleton(ledger)))
        {
            before = ledger.Made;
            Assert.Equal(("1", "1", "-1"), (await host.CallAsync("scans.number"), await host.CallAsync("scans.number"), await host.CallAsync("scans.clock")));
            Assert.Equal(("\"scan a\"", "\"static\""), (await host.CallAsync("scans.name", "[\"a\"]"), await host.CallAsync("scans.shared")));
            Assert.Equal(["""{"x":0,"y":0}""", """{"x":1,"y":1}"""], await host.ItemsAsync("scans.walk", "[2]"));
            between = ledger.Ended;
        }

        Assert.Equal((0, 0, 1, 1), (before, between, ledger.Made, ledger.Ended));
    }

    [Fact]
    public async Task A_class_that_is_a_service_is_that_service()
    {
        var ledger = new Ledger();
        await using (var host = await Host.StartAsync(static app => app.Commands.Map<Scans>(), services => services.AddSingleton(ledger).AddSingleton<IClock, FixedClock>().AddSingleton<Scans>()))
        {
            Assert.Equal(("11", "1"), (await host.CallAsync("scans.clock"), await host.CallAsync("scans.number")));
        }

        Assert.Equal((1, 1), (ledger.Made, ledger.Ended));
    }

    [Fact]
    public async Task A_class_that_cannot_be_made_is_tried_again()
    {
        await using var host = await Host.StartAsync(static app => app.Commands.Map<Scans>());

        var first = await Assert.ThrowsAsync<IpcException>(() => host.CallAsync("scans.number"));
        var second = await Assert.ThrowsAsync<IpcException>(() => host.CallAsync("scans.number"));

        Assert.Contains(nameof(Ledger), first.Message, StringComparison.Ordinal);
        Assert.Equal(first.Message, second.Message);
    }

    [Fact]
    public async Task An_object_that_is_given_stays_its_owners()
    {
        var ledger = new Ledger();
        using var scans = new Scans(ledger);
        await using (var host = await Host.StartAsync(app => app.Commands.Map(scans)))
        {
            Assert.Equal("1", await host.CallAsync("scans.number"));
        }

        Assert.Equal(0, ledger.Ended);
    }

    [Fact]
    public async Task Commands_of_a_base_class_are_those_of_the_class()
    {
        await using var host = await Host.StartAsync(static app => app.Commands.Map<Derived>());

        Assert.Equal(("\"from the base\"", "3"), (await host.CallAsync("derived.inherited"), await host.CallAsync("derived.overridden", "[2]")));
    }

    [Fact]
    public async Task An_exposed_object_has_all_its_public_methods_under_its_name()
    {
        await using var host = await Host.StartAsync(static app =>
        {
            app.Expose(new Calculator());
            app.Expose(new Calculator(), "math");
            app.Expose(Twice);
            app.Expose("thrice", (int number) => number * 3);
        });

        Assert.Equal(("3", "2"), (await host.CallAsync("calculator.add", "[1,2]"), await host.CallAsync("math.divide", "[4,2]")));
        Assert.Equal(("8", "12"), (await host.CallAsync("twice", "[4]"), await host.CallAsync("thrice", "[4]")));
        Assert.DoesNotContain(host.App.Commands.All, static command => command.Name.EndsWith("toString", StringComparison.Ordinal));
        Assert.Contains("divided by zero", (await Assert.ThrowsAsync<IpcException>(() => host.CallAsync("math.divide", "[1,0]"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_is_added_while_a_window_is_open_can_be_called_at_once()
    {
        await using var host = await Host.StartAsync();

        host.App.Commands.Map("late", () => "here");

        Assert.Equal("\"here\"", await host.CallAsync("late"));
    }

    [Fact]
    public async Task Options_of_the_call_go_before_what_the_generator_found()
    {
        await using var host = await Host.StartAsync(static app =>
        {
            app.Commands.Map("described", Described, new CommandOptions { Example = "{}" });
            app.Commands.Map("otherwise", Described, new CommandOptions { Description = "Another text." });
            app.Commands.Map(new Plain());
        });

        CommandOptions Of(string name) => host.App.Commands.All.Single(command => command.Name == name).Options;

        Assert.Equal(("Says what it does.", "Another text.", "count.read"), (Of("described").Description, Of("otherwise").Description, Of("count").Capability));
    }

    [Fact]
    public async Task What_the_call_does_not_say_is_what_the_handler_says()
    {
        await using var host = await Host.StartAsync(static app =>
        {
            var options = new CommandOptions { Example = "{}" };
            app.Commands.Map("lambda", [Command(Capability = "files.read", Thread = CommandThread.UI, ContentType = "image/png")] (string path) => path, options);
            app.Commands.Map("method", Guarded, options);
            app.Commands.Map("own", Guarded, new CommandOptions { Capability = "own.read", ContentType = "text/plain", Description = "Own.", Example = "[1]", Thread = CommandThread.UI });
            app.Commands.Map("numbers", (int to) => Numbers(to), options);
            app.Commands.Map("described", Described, options);

            [Command(Capability = "guarded.read", Thread = CommandThread.UI, ContentType = "image/jpeg")]
            static int Guarded() => 1;
        });

        CommandOptions Of(string name) => host.App.Commands.All.Single(command => command.Name == name).Options;

        Assert.Equal(new CommandOptions { Example = "{}", Capability = "files.read", Thread = CommandThread.UI, ContentType = "image/png" }, Of("lambda"));
        Assert.Equal(
            new CommandOptions { Example = "{}", Capability = "guarded.read", Thread = CommandThread.UI, ContentType = "image/jpeg" },
            Of("method"));
        Assert.Equal(new CommandOptions { Capability = "own.read", ContentType = "text/plain", Description = "Own.", Example = "[1]", Thread = CommandThread.UI }, Of("own"));
        Assert.Equal(new CommandOptions { Example = "{}", IsStream = true }, Of("numbers"));
        Assert.Equal(new CommandOptions { Example = "{}", Description = "Says what it does." }, Of("described"));
    }

    [Fact]
    public async Task Progress_arrives_in_front_of_the_answer()
    {
        await using var host = await Host.StartAsync(static app => app.Commands.Map("work", (IProgress<double> progress, int steps) =>
        {
            for (var i = 1; i <= steps; i++)
            {
                progress.Report(i);
            }

            return steps;
        }));

        // A page that did not ask for progress gets the answer alone.
        Assert.Equal("3", await host.CallAsync("work", "[3]"));
    }

    [Fact]
    public void A_call_that_no_code_was_generated_for_says_what_to_do()
    {
        using var app = new OrielAppBuilder(static () => throw new NotSupportedException()).Build();

        // By reflection: a call in source would be replaced.
        var map = typeof(CommandRegistry).GetMethod(nameof(CommandRegistry.Map), [typeof(string), typeof(Delegate), typeof(CommandOptions)])!;
        var exception = Assert.Throws<System.Reflection.TargetInvocationException>(() => map.Invoke(app.Commands, ["x", (Func<int>)(static () => 1), null]));

        Assert.Contains("JsonTypeInfo", Assert.IsType<InvalidOperationException>(exception.InnerException).Message, StringComparison.Ordinal);
    }

    /// <summary>Says what it does.</summary>
    private static int Described() => 1;

    private static int Twice(int number) => number * 2;

    private static async IAsyncEnumerable<int> Numbers(int to)
    {
        for (var i = 1; i <= to; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }
}
