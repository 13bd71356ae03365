using System.Globalization;
using Oriel;
using Oriel.Bench;
using Oriel.Engines.Gtk;

// Prints one line of JSON for one mode, as bench/floor does; see there for what each mode measures.
if (args is not [var mode, ..])
{
    Console.Error.WriteLine("usage: Oriel.Bench invoke|rate|events|up|down|typed|items|streamup|streamdown|state SIZE COUNT [INFLIGHT] | start | idle | engine");
    return 2;
}

// The page of the start has its script and style in the document, as the floor's has.
var builder = OrielApp.CreateBuilder();
builder.Options = new AppOptions { ApplicationName = "Oriel.Bench", ContentSecurityPolicy = "default-src 'self' bench: 'unsafe-inline'" };

builder.Json(BenchJson.Default);

using var app = builder.Build();
app.Assets.AddEmbedded(typeof(Measurement).Assembly, "web");

if (mode == "engine")
{
    app.Start();
    var engine = (GtkEngine)app.Engine;
    Console.WriteLine(engine.RendererSetting is { } setting ? $"{engine.Name}\n{setting}" : engine.Name);
    return 0;
}

if (mode is "start" or "idle")
{
    app.CreateWindow(Measurement.Window with { Url = "index.html" });
    return app.Run();
}

return new Measurement(app, mode, Number(args[1]), Number(args[2]), args.Length > 3 ? Number(args[3]) : 1).Run();

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
