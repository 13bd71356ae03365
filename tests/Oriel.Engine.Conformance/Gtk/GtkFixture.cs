using Oriel.Engines;
using Oriel.Engines.Gtk;

namespace Oriel.Engine.Conformance;

/// <summary>GTK and WebKitGTK, in the generation that ORIEL_TEST_WEBKIT names.</summary>
public sealed class GtkFixture : EngineFixture
{
    protected override IEngine CreateEngine() => new GtkEngine(new GtkEngineOptions
    {
        WebKit = Environment.GetEnvironmentVariable("ORIEL_TEST_WEBKIT") switch
        {
            null or "" => WebKitGeneration.Newest,
            "4.1" => WebKitGeneration.V41,
            "4.0" => WebKitGeneration.V40,
            var other => throw new InvalidOperationException($"ORIEL_TEST_WEBKIT is \"{other}\"; there are 4.0 and 4.1."),
        },
    });

    protected override IPageDriver Drive(Window window) => new GtkDriver(this, window);
}
