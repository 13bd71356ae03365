using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;

namespace Oriel.CompilerServices;

/// <summary>Writes what a command answers with when it has waited, or goes on. For generated code.</summary>
public static class CommandAnswer
{
    /// <summary>Writes the value of a task.</summary>
    public static ValueTask WriteAsync<T>(CommandContext context, Task<T> task, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(task);

        if (!task.IsCompletedSuccessfully)
        {
            return AwaitAsync(context, task, type);
        }

        context.WriteResult(task.Result, type);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc cref="WriteAsync{T}(CommandContext, Task{T}, JsonTypeInfo{T})"/>
    public static ValueTask WriteAsync<T>(CommandContext context, ValueTask<T> task, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(context);

        if (!task.IsCompletedSuccessfully)
        {
            return AwaitAsync(context, task, type);
        }

        context.WriteResult(task.Result, type);
        return ValueTask.CompletedTask;
    }

    /// <summary>Sends the items of what a task has.</summary>
    public static async ValueTask SendAsync<T>(CommandContext context, Task<IAsyncEnumerable<T>> items, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(items);

        // Without ConfigureAwait: a command of the UI thread goes on there.
        await context.SendStreamAsync(await items, type);
    }

    /// <summary>Sends the items of what a task has.</summary>
    public static async ValueTask SendAsync<T>(CommandContext context, ValueTask<IAsyncEnumerable<T>> items, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(context);

        // Without ConfigureAwait: a command of the UI thread goes on there.
        await context.SendStreamAsync(await items, type);
    }

    /// <summary>Sends the items of what a task has.</summary>
    public static async ValueTask SendAsync<T>(CommandContext context, Task<ChannelReader<T>> items, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(items);

        // Without ConfigureAwait: a command of the UI thread goes on there.
        await context.SendStreamAsync(await items, type);
    }

    /// <summary>Sends the items of what a task has.</summary>
    public static async ValueTask SendAsync<T>(CommandContext context, ValueTask<ChannelReader<T>> items, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(context);

        // Without ConfigureAwait: a command of the UI thread goes on there.
        await context.SendStreamAsync(await items, type);
    }

    private static async ValueTask AwaitAsync<T>(CommandContext context, Task<T> task, JsonTypeInfo<T> type) =>
        context.WriteResult(await task.ConfigureAwait(false), type);

    private static async ValueTask AwaitAsync<T>(CommandContext context, ValueTask<T> task, JsonTypeInfo<T> type) =>
        context.WriteResult(await task.ConfigureAwait(false), type);
}
