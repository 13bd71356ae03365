using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Oriel.Engines;
using Oriel.Security;

namespace Oriel;

/// <summary>Gathers what an application consists of.</summary>
public sealed class OrielAppBuilder
{
    private readonly Rehearsal _rehearsal;
    private Func<IEngine> _engine;
    private bool _isServed;
    private ServiceCollection? _services;
    private readonly List<IJsonTypeInfoResolver> _json = [];
    private Action<ILoggingBuilder>? _logging;
    private Action<OrielApp>? _built;

    /// <summary>Creates the builder of an application on an engine. Most use <c>OrielApp.CreateBuilder</c> of the package Oriel.</summary>
    /// <param name="engine">Creates the engine; called on the UI thread when the first window is wanted.</param>
    /// <param name="preload">Loads the libraries that the engine will need; runs on another thread from now on, once in a process.</param>
    public OrielAppBuilder(Func<IEngine> engine, Action? preload = null)
        : this(engine, preload, [])
    {
    }

    /// <summary>Creates the builder of an application on an engine, with the arguments of the program.</summary>
    /// <param name="engine">Creates the engine; called on the UI thread when the first window is wanted.</param>
    /// <param name="preload">Loads the libraries that the engine will need; runs on another thread from now on, once in a process.</param>
    /// <param name="arguments">
    /// What the program was started with. With <c>--serve</c>, or <c>--serve http://127.0.0.1:5005</c>, a program of components has no windows: it
    /// serves browsers, and nothing of the engine is loaded.
    /// </param>
    /// <exception cref="ArgumentException">What follows <c>--serve</c> is no address that can be served.</exception>
    public OrielAppBuilder(Func<IEngine> engine, Action? preload, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(arguments);
        _engine = engine;
        Serve = ServeArgument.Find(arguments);
        _rehearsal = Serve is null ? Rehearsal.Begin(preload) : Rehearsal.None;
    }

    /// <summary>The options.</summary>
    public AppOptions Options { get; set; } = new();

    /// <summary>The services that commands get by <see cref="CommandContext.Services"/>.</summary>
    public IServiceCollection Services => _services ??= [];

    /// <summary>What documents may use, where it is not the default: everything for the app's own, nothing for others.</summary>
    public CapabilitiesBuilder Capabilities { get; } = new();

    /// <summary>Changes where logs go; by default warnings and worse go to standard error.</summary>
    public OrielAppBuilder ConfigureLogging(Action<ILoggingBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _logging += configure;
        return this;
    }

    /// <summary>Adds JSON metadata of the application's own. It goes before what the generator writes, in the order in which it is added.</summary>
    public OrielAppBuilder Json(params IJsonTypeInfoResolver[] contexts)
    {
        ArgumentNullException.ThrowIfNull(contexts);
        _json.AddRange(contexts);
        return this;
    }

    /// <summary>Creates the application. The engine starts with the first window, or with <see cref="OrielApp.Run"/>.</summary>
    /// <exception cref="InvalidOperationException">
    /// The capabilities do not fit together, or the program is to serve what it has not; the message says what to change.
    /// </exception>
    public OrielApp Build()
    {
        if (Serve is not null && !_isServed)
        {
            throw new InvalidOperationException($"{ServeArgument.Name} serves components to browsers, and this program has none: call builder.AddComponents(), of the package Oriel.Components, or start it without {ServeArgument.Name}.");
        }

        var app = new OrielApp(Options, _engine, CreateServices, new JsonTypes(_json), Capabilities.Build(), _rehearsal);
        _built?.Invoke(app);
        return app;
    }

    /// <summary>That the program was started to serve browsers, and where; null when it is to have windows.</summary>
    internal ServeArgument? Serve { get; }

    /// <summary>Adds what a part of Oriel does with every application that this makes, before anybody else has it.</summary>
    internal void WhenBuilt(Action<OrielApp> action) => _built += action;

    /// <summary>Puts what serves browsers in the place of the engine.</summary>
    internal void UseServer(Func<IEngine> engine)
    {
        _engine = engine;
        _isServed = true;
    }

    // Called when the first service or logger is wanted: building these costs more than a window's own start.
    private ServiceProvider CreateServices()
    {
        var services = _services ?? [];
        services.AddLogging(logging =>
        {
            if (_logging is not null)
            {
                _logging(logging);
                return;
            }

            logging.SetMinimumLevel(LogLevel.Warning);
            logging.AddSimpleConsole();

            // Standard output belongs to the program.
            logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(static options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        });
        return services.BuildServiceProvider();
    }
}
