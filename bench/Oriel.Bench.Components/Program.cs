using System.Globalization;
using Oriel;
using Oriel.Bench.Components;
using Oriel.Engines.Gtk;
using WidgetBook;

// Prints one line of JSON for one mode: of components ("oriel"), of the same page written by hand over bare calls ("floor"), or of a session without a page.
if (args is ["session", var what, var clicks])
{
    await SessionMeasurement.RunAsync(what, Number(clicks)).ConfigureAwait(false);
    return 0;
}

if (args is not (["engine"] or ["markup", _] or ["oriel" or "floor", "click" or "typing" or "updates" or "render", _, ..]))
{
    Console.Error.WriteLine("usage: Oriel.Bench.Components session counter|cell|insert|reverse COUNT | oriel|floor click|typing|render COUNT [MARKUP] | oriel updates SECONDS | markup FILE | engine");
    return 2;
}

var builder = OrielApp.CreateBuilder();
builder.AddComponents(static options =>
{
    options.StyleSheets.Add("_content/WidgetBook/book.css");
    options.Scripts.Add("measure.js");
});
Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddScoped<ThemeSwitch>(builder.Services);

using var app = builder.Build();
app.Assets.AddEmbedded(typeof(WindowMeasurement).Assembly, "web");

switch (args)
{
    case ["engine"]:
        app.Start();
        var engine = (GtkEngine)app.Engine;
        Console.WriteLine(engine.RendererSetting is { } setting ? $"{engine.Name}\n{setting}" : engine.Name);
        return 0;
    case ["markup", var file]:
        return new WindowMeasurement(app, "markup", 1, file).Run(isFloor: false);
    default:
        return new WindowMeasurement(app, args[1], Number(args[2]), args.ElementAtOrDefault(3)).Run(args[0] == "floor");
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
