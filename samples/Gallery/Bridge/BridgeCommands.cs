using System.Buffers;
using System.Runtime.CompilerServices;
using Oriel;
using Oriel.Ipc;

namespace Gallery.Bridge;

/// <summary>Commands to be called by hand on the Bridge page.</summary>
internal static class BridgeCommands
{
    /// <summary>Adds the commands.</summary>
    public static void AddTo(OrielApp app)
    {
        AddCalculations(app.Commands);
        AddTexts(app.Commands);
        AddBehaviours(app.Commands);

        app.Commands.Map(
            "commands.list",
            static context => Describe(context.App.Commands),
            GalleryJson.Default.IReadOnlyListCommandDescription,
            new CommandOptions { Description = "Lists the commands of this application.", Example = "{}" });
    }

    private static void AddCalculations(CommandRegistry commands)
    {
        var json = GalleryJson.Default;

        commands.Map("add", static operands => operands.A + operands.B, json.Operands, json.Double, new CommandOptions
        {
            Description = "Adds two numbers.",
            Example = """{"a":19,"b":23}""",
        });

        commands.Map("multiply", static operands => operands.A * operands.B, json.Operands, json.Double, new CommandOptions
        {
            Description = "Multiplies two numbers.",
            Example = """{"a":6,"b":7}""",
        });
    }

    private static void AddTexts(CommandRegistry commands)
    {
        var json = GalleryJson.Default;

        commands.Map("toUpperCase", static arguments => arguments.Text.ToUpperInvariant(), json.TextArguments, json.String, new CommandOptions
        {
            Description = "Writes a text in capitals.",
            Example = """{"text":"a bay window"}""",
        });

        commands.Map("toLowerCase", static arguments => arguments.Text.ToLowerInvariant(), json.TextArguments, json.String, new CommandOptions
        {
            Description = "Writes a text in small letters.",
            Example = """{"text":"A BAY WINDOW"}""",
        });

        commands.Map("reverseArray", static arguments => [.. arguments.Items.Reverse()], json.ReverseArrayArguments, json.IReadOnlyListJsonElement, new CommandOptions
        {
            Description = "Puts values of any kind in reverse order.",
            Example = """{"items":[1,"two",{"three":3}]}""",
        });

        commands.MapRaw("echo", Echo, new CommandOptions
        {
            Description = "Answers with the same JSON, byte for byte.",
            Example = """{"text":"Grüße, 世界 👋","numbers":[1,2.5,-3e10],"nothing":null,"yes":true}""",
        });
    }

    private static void AddBehaviours(CommandRegistry commands)
    {
        var json = GalleryJson.Default;

        commands.Map("fail", static (arguments, _) => throw new InvalidOperationException(arguments.Message), json.FailArguments, new CommandOptions
        {
            Description = "Throws an exception with a message.",
            Example = """{"message":"This was asked for."}""",
        });

        commands.Map("sleep", SleepAsync, json.SleepArguments, new CommandOptions
        {
            Description = "Answers after a time; can be cancelled.",
            Example = """{"milliseconds":2000}""",
        });

        commands.MapStream("count", static (arguments, context) => CountAsync(arguments, context.CancellationToken), json.CountArguments, json.Int32, new CommandOptions
        {
            Description = "Counts, as a stream: the page reads one number after the other.",
            Example = """{"to":20,"delay":100}""",
        });
    }

    private static ValueTask Echo(CommandContext context)
    {
        context.Result.Write(context.Arguments.Span);
        return ValueTask.CompletedTask;
    }

    private static async ValueTask SleepAsync(SleepArguments arguments, CommandContext context)
    {
        await Task.Delay(Delay(arguments.Milliseconds), context.CancellationToken).ConfigureAwait(false);
    }

    private static async IAsyncEnumerable<int> CountAsync(CountArguments arguments, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var delay = Delay(arguments.Delay);

        for (var number = 1; number <= arguments.To; number++)
        {
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
            }

            yield return number;
        }
    }

    private static TimeSpan Delay(int milliseconds) => milliseconds >= 0
        ? TimeSpan.FromMilliseconds(milliseconds)
        : throw new IpcException(IpcErrorCode.InvalidParams, $"{milliseconds} milliseconds are over already.");

    private static IReadOnlyList<CommandDescription> Describe(CommandRegistry commands) =>
    [
        .. commands.All.Select(static command => new CommandDescription(
            command.Name,
            command.Options.Description,
            command.Options.Example,
            command.Options.Thread,
            command.Options.IsStream)),
    ];
}
