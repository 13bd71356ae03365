using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Oriel;
using Oriel.Protocols;
using SelfCheck;

// Uses everything that Oriel has, and says of each whether it works. Published with NativeAOT and run by the tests:
// what reflection would have hidden shows itself there.
var builder = OrielApp.CreateBuilder();
builder.Options = new AppOptions { ApplicationName = "SelfCheck" };
builder.Services.AddSingleton(TimeProvider.System).AddSingleton<Greeter>();
builder.ConfigureLogging(static logging => logging.SetMinimumLevel(LogLevel.Error).AddSimpleConsole());

using var app = builder.Build();
var failures = 0;

app.Assets.AddEmbedded(typeof(Greeter).Assembly, "web");
app.Commands.Map("add", (Operands operands) => operands.A + operands.B, CheckJson.Default.Operands, CheckJson.Default.Double);
app.Commands.Map("greet", (name, context) => ValueTask.FromResult(context.Services.GetRequiredService<Greeter>().Greet(name)), CheckJson.Default.String, CheckJson.Default.String);
app.Commands.MapStream("count", static (Interval range, CommandContext context) => Count(range, context.CancellationToken), CheckJson.Default.Interval, CheckJson.Default.Int32);
app.Commands.Map<Operands, double>("fail", static _ => throw new InvalidOperationException("as it should"), CheckJson.Default.Operands, CheckJson.Default.Double);
app.Commands.MapRaw("echo", static context =>
{
    context.Result.Write(context.Arguments.Span);
    return ValueTask.CompletedTask;
});
app.Commands.MapRaw("onUIThread", static context =>
{
    context.App.Dispatcher.VerifyAccess();
    return ValueTask.CompletedTask;
}, new CommandOptions { Thread = CommandThread.UI });

app.Protocols.Map("check", async request =>
{
    using var body = new MemoryStream();
    await request.Body.CopyToAsync(body, request.CancellationToken);
    return request.Method == "POST" ? ProtocolResponse.Of(body.ToArray()) : ContentResponse.Create(request, new MemoryStream(new byte[100_000]), "text/plain");
});

app.Events.On("note", (window, note) => window.EmitAsync("noted", note! with { Window = window.Id }, CheckJson.Default.Note), CheckJson.Default.Note);
app.Commands.Map("report", Report, CheckJson.Default.Outcome);
app.Commands.MapRaw("done", async context =>
{
    var picture = await context.Window.SnapshotAsync();
    await Report(new Outcome("snapshot", picture is [0x89, (byte)'P', ..] ? null : "not a PNG"), context);

    await Report(new Outcome("channel", await ChannelCheck.RunAsync(context.CancellationToken)), context);

    var second = await app.CreateWindowAsync(new WindowOptions { Title = "second", Url = "second.html" });
    await second.WhenReadyAsync(context.CancellationToken);
    await Report(new Outcome("second window", null), context);
    app.Quit(failures);
});

app.CreateWindow(new WindowOptions { Title = "SelfCheck", Width = 640, Height = 480, BackgroundColor = Color.Parse("#1e90ff") });
return app.Run();

ValueTask Report(Outcome outcome, CommandContext context)
{
    Console.WriteLine(outcome.Error is null ? $"ok {outcome.Name}" : $"FAILED {outcome.Name}: {outcome.Error}");
    failures += outcome.Error is null ? 0 : 1;
    return ValueTask.CompletedTask;
}

static async IAsyncEnumerable<int> Count(Interval range, [EnumeratorCancellation] CancellationToken cancellationToken)
{
    for (var i = range.From; i <= range.To; i++)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.Yield();
        yield return i;
    }
}
