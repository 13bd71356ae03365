using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Oriel;
using Oriel.Ipc;

namespace Gallery.Bridge;

/// <summary>Commands to be called by hand on the Bridge page.</summary>
[Commands("")]
internal sealed class BridgeCommands
{
    /// <summary>Adds the commands.</summary>
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map<BridgeCommands>();
        app.Commands.Map(new CommandListing(app.Commands));

        // Raw, because it takes whatever there is: generated commands have parameters, and refuse what has none.
        app.Commands.MapRaw("echo", Echo, new CommandOptions
        {
            Description = "Answers with the same JSON, byte for byte.",
            Example = """{"text":"Grüße, 世界 👋","numbers":[1,2.5,-3e10],"nothing":null,"yes":true}""",
        });
    }

    /// <summary>Adds two numbers.</summary>
    [Command(Example = """{"a":19,"b":23}""")]
    public static double Add(double a, double b) => a + b;

    /// <summary>Multiplies two numbers.</summary>
    [Command(Example = """{"a":6,"b":7}""")]
    public static double Multiply(double a, double b) => a * b;

    /// <summary>Writes a text in capitals.</summary>
    [Command(Example = """{"text":"a bay window"}""")]
    public static string ToUpperCase(string text) => text.ToUpperInvariant();

    /// <summary>Writes a text in small letters.</summary>
    [Command(Example = """{"text":"A BAY WINDOW"}""")]
    public static string ToLowerCase(string text) => text.ToLowerInvariant();

    /// <summary>Puts values of any kind in reverse order.</summary>
    [Command(Example = """{"items":[1,"two",{"three":3}]}""")]
    public static IEnumerable<JsonElement> ReverseArray(IReadOnlyList<JsonElement> items) => items.Reverse();

    /// <summary>Throws an exception with a message.</summary>
    [Command(Example = """{"message":"This was asked for."}""")]
    public static void Fail(string message) => throw new InvalidOperationException(message);

    /// <summary>Answers after a time; can be cancelled.</summary>
    [Command(Example = """{"milliseconds":2000}""")]
    public static Task Sleep(int milliseconds, CancellationToken cancellationToken) => Task.Delay(Delay(milliseconds), cancellationToken);

    /// <summary>Counts from 1, as a stream: the page reads one number after the other.</summary>
    /// <param name="to">The last number.</param>
    /// <param name="delay">The milliseconds before each number.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    [Command(Example = """{"to":20,"delay":100}""")]
    public static async IAsyncEnumerable<int> Count(int to, int delay = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var pause = Delay(delay);

        for (var number = 1; number <= to; number++)
        {
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            }

            yield return number;
        }
    }

    private static ValueTask Echo(CommandContext context)
    {
        context.Result.Write(context.Arguments.Span);
        return ValueTask.CompletedTask;
    }

    private static TimeSpan Delay(int milliseconds) => milliseconds >= 0
        ? TimeSpan.FromMilliseconds(milliseconds)
        : throw new IpcException(IpcErrorCode.InvalidParams, $"{milliseconds} milliseconds are over already.");
}
