using Gallery;
using Oriel;
using Oriel.Engines;

return CommandLine.Run(args, static options =>
{
    var builder = OrielApp.CreateBuilder();
    builder.Options = builder.Options with { ApplicationName = "oriel-gallery" };

    GalleryApp.DefineCapabilities(builder);

    var app = builder.Build();
    var gallery = new GalleryApp(app, GalleryApp.DefaultDataFolder);

    try
    {
        var window = gallery.OpenWindow(options);

        if (options.Screenshot is { } file)
        {
            _ = Screenshot.TakeAndQuitAsync(app, window, file, options.Delay);
        }

        return app.Run();
    }
    catch (EngineUnavailableException exception)
    {
        // The message says what to install.
        Console.Error.WriteLine(exception.Message);
        return 1;
    }
});
