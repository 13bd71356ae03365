using System.Buffers;
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
builder.Capabilities.Define("danger", static danger => danger.AllowCommands("onUIThread"));

// What the second window is refused is a warning, and meant.
builder.ConfigureLogging(static logging => logging.SetMinimumLevel(LogLevel.Error).AddSimpleConsole());

using var app = builder.Build();
var failures = 0;
var secondIsDone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

app.Assets.AddEmbedded(typeof(Greeter).Assembly, "web");
app.Commands.Map<Lists>();
app.Commands.Map(new Blobs());
app.Commands.Map("add", (double a, double b) => a + b);
app.Commands.Map("greeter", ([FromServices] Greeter greeter, string name) => greeter.Greet(name));
app.Commands.Map("fail", int () => throw new InvalidOperationException("as it should"));
app.Commands.Map("onUIThread", (OrielApp app) => app.Dispatcher.VerifyAccess(), new CommandOptions { Thread = CommandThread.UI, Capability = "danger" });
app.Commands.MapRaw("echo", static context =>
{
    context.Result.Write(context.Arguments.Span);
    return ValueTask.CompletedTask;
});
app.Expose("twice", (int number) => number * 2);

app.Protocols.Map("check", async request =>
{
    using var body = new MemoryStream();
    await request.Body.CopyToAsync(body, request.CancellationToken);
    return request.Method == "POST" ? ProtocolResponse.Of(body.ToArray()) : ContentResponse.Create(request, new MemoryStream(new byte[100_000]), "text/plain");
});

var cart = app.State("cart", new Cart(["tea"]), new StateOptions { IsWritable = true });
app.Commands.Map("cart", () => cart.Update(static cart => cart with { Items = [.. cart.Items, "bread"] }));

using var served = app.Serve("check.bin", new byte[1_000], "application/octet-stream");
app.Commands.Map("served", () => served.Url);

app.Events.On("note", (Window window, Note? note) => window.EmitAsync("noted", note! with { Window = window.Id }));
app.Commands.Map("report", Report);
app.Commands.Map("secondIsDone", secondIsDone.SetResult);
app.Commands.Map("done", async (Window window, CancellationToken cancellationToken) =>
{
    var picture = await window.SnapshotAsync();
    Report("snapshot", picture is [0x89, (byte)'P', ..] ? null : "not a PNG");

    Report("channel", await ChannelCheck.RunAsync(cancellationToken));

    var second = await app.CreateWindowAsync(new WindowOptions { Name = "second", Title = "second", Url = "second.html" });
    await second.WhenReadyAsync(cancellationToken);
    await secondIsDone.Task.WaitAsync(cancellationToken);
    Report("second window", null);
    app.Quit(failures);
}, new CommandOptions { Description = "What is left to check when the page has checked its part." });

app.CreateWindow(new WindowOptions { Title = "SelfCheck", Width = 640, Height = 480, BackgroundColor = Color.Parse("#1e90ff") });
return app.Run();

void Report(string name, string? error)
{
    Console.WriteLine(error is null ? $"ok {name}" : $"FAILED {name}: {error}");
    failures += error is null ? 0 : 1;
}
