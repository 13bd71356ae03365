namespace Oriel.CompilerServices;

/// <summary>What generated code needs of the commands of an application. For generated code.</summary>
public static class GeneratedCommands
{
    /// <summary>The JSON metadata of the application.</summary>
    public static JsonTypes Json(CommandRegistry commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        return commands.Json;
    }

    /// <summary>The commands of an application.</summary>
    public static CommandRegistry Of(OrielApp app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Commands;
    }

    /// <summary>Adds a command; what the caller of <c>Map</c> says goes before what the generator found.</summary>
    public static void Add(CommandRegistry commands, string name, CommandHandler handler, CommandOptions? options, CommandOptions found)
    {
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentNullException.ThrowIfNull(found);

        commands.MapRaw(name, handler, options is null ? found : options with
        {
            Description = options.Description ?? found.Description,
            ContentType = options.ContentType ?? found.ContentType,
            IsStream = options.IsStream || found.IsStream,
            Capability = options.Capability ?? found.Capability,
            Thread = options.Thread == CommandThread.Background ? found.Thread : options.Thread,
        });
    }

    /// <summary>Has the command started again when bytes arrive that its arguments want: nothing was done before them.</summary>
    /// <remarks>
    /// Which bytes are wanted as a whole, and which as a stream, shows when the arguments are read. Where some are wanted that have not arrived, reading
    /// ends with an exception, which the handler lets through, and the handler is started once more when they have.
    /// </remarks>
    public static void MayStartAgain(CommandContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.StartsAgain = true;
    }

    /// <summary>The object of a class whose methods are commands: the service of its type, or else made by generated code, when it is first needed.</summary>
    public static CommandInstance<T> Instance<T>(CommandRegistry commands, Func<IServiceProvider, T> create)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentNullException.ThrowIfNull(create);
        return commands.CreateInstance(create);
    }

    /// <summary>The names of an object's commands begin with this.</summary>
    public static string Prefix(string? name, string own) => (name ?? own) is { Length: > 0 } prefix ? $"{prefix}." : "";

    /// <summary>A service that must be there.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public static T Service<T>(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.GetService(typeof(T)) is T service
            ? service
            : throw new InvalidOperationException($"There is no service of type {typeof(T)}. Add it to the builder's Services.");
    }

    /// <summary>A service that need not be there.</summary>
    public static T? ServiceOrDefault<T>(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.GetService(typeof(T)) is T service ? service : default;
    }
}
