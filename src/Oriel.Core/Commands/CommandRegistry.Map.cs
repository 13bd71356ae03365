using System.Text.Json.Serialization.Metadata;

namespace Oriel;

// Typed handlers. The metadata is explicit, so that nothing here needs reflection.
public sealed partial class CommandRegistry
{
    /// <summary>Adds a command over raw UTF-8.</summary>
    public void MapRaw(string name, CommandHandler handler, CommandOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Add(new Command(name, handler, options ?? new CommandOptions()));
    }

    /// <summary>Adds a command that answers at once.</summary>
    public void Map<TIn, TOut>(string name, Func<TIn, TOut> handler, JsonTypeInfo<TIn> input, JsonTypeInfo<TOut> output, CommandOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        MapRaw(name, context =>
        {
            context.WriteResult(handler(context.ReadArguments(input)), output);
            return ValueTask.CompletedTask;
        }, options);
    }

    /// <summary>Adds a command that waits.</summary>
    public void Map<TIn, TOut>(string name, Func<TIn, CommandContext, ValueTask<TOut>> handler, JsonTypeInfo<TIn> input, JsonTypeInfo<TOut> output, CommandOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        MapRaw(name, async context => context.WriteResult(await handler(context.ReadArguments(input), context).ConfigureAwait(false), output), options);
    }

    /// <summary>Adds a command without an answer.</summary>
    public void Map<TIn>(string name, Func<TIn, CommandContext, ValueTask> handler, JsonTypeInfo<TIn> input, CommandOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        MapRaw(name, context => handler(context.ReadArguments(input), context), options);
    }

    /// <summary>Adds a command without arguments.</summary>
    public void Map<TOut>(string name, Func<CommandContext, TOut> handler, JsonTypeInfo<TOut> output, CommandOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        MapRaw(name, context =>
        {
            context.WriteResult(handler(context), output);
            return ValueTask.CompletedTask;
        }, options);
    }

    /// <summary>Adds a command without arguments that waits.</summary>
    public void Map<TOut>(string name, Func<CommandContext, ValueTask<TOut>> handler, JsonTypeInfo<TOut> output, CommandOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        MapRaw(name, async context => context.WriteResult(await handler(context).ConfigureAwait(false), output), options);
    }

    /// <summary>Adds a command whose answer is a stream: the page reads it with <c>oriel.stream</c>, and stops it by leaving.</summary>
    /// <param name="name">What the page calls it.</param>
    /// <param name="handler">Makes the items; it waits while the page is behind.</param>
    /// <param name="input">Metadata of the arguments.</param>
    /// <param name="item">Metadata of an item.</param>
    /// <param name="options">More about it.</param>
    public void MapStream<TIn, TItem>(string name, Func<TIn, CommandContext, IAsyncEnumerable<TItem>> handler, JsonTypeInfo<TIn> input, JsonTypeInfo<TItem> item, CommandOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        MapRaw(name, context =>
        {
            context.BeginStream();
            return context.SendStreamAsync(handler(context.ReadArguments(input), context), item);
        }, (options ?? new CommandOptions()) with { IsStream = true });
    }
}
