using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Oriel.Ipc;

namespace Oriel;

/// <summary>The commands behind <c>oriel.state</c>.</summary>
internal static class StateCommands
{
    private const string OpenName = "oriel.state.open";
    private const string CloseName = "oriel.state.close";
    private const string SetName = "oriel.state.set";

    /// <summary>Whether a command is one of these, which ask for the right to their state themselves.</summary>
    public static bool Contains(string name) => name is OpenName or CloseName or SetName;

    public static void AddTo(CommandRegistry commands)
    {
        Add(commands, OpenName, "Follows a state: answers with its version and value; changes come as events.", Open, """{"key":"cart"}""");
        Add(commands, CloseName, "Follows a state no longer.", Close, """{"key":"cart"}""");
        Add(commands, SetName, "Writes a state, whole or by a JSON patch, if it still has the version that was changed.", Set, """{"key":"cart","version":1,"patch":[{"op":"replace","path":"/name","value":"Ada"}]}""");
    }

    private static void Add(CommandRegistry commands, string name, string description, Action<CommandContext, JsonElement, string> action, string example) =>
        commands.AddOwn(
            name,
            context =>
            {
                using var arguments = JsonDocument.Parse(context.Arguments.IsEmpty ? "null"u8.ToArray() : context.Arguments, new JsonDocumentOptions { MaxDepth = context.App.Options.Limits.MaxDepth });
                action(context, arguments.RootElement, ReadKey(arguments.RootElement));
                return ValueTask.CompletedTask;
            },
            new CommandOptions { Description = description, Example = example });

    private static void Open(CommandContext context, JsonElement arguments, string key)
    {
        var document = context.Document ?? throw new IpcException(IpcErrorCode.InvalidRequest, "Only a page can follow a state.");
        var state = Authorize(context, key, context.Window.States.Find(key) ?? context.App.States.Find(key), isWrite: false);

        StateErrors.WriteSnapshot(context.Result, document.States.Open(state));
    }

    private static void Close(CommandContext context, JsonElement arguments, string key) => context.Document?.States.Close(key);

    private static void Set(CommandContext context, JsonElement arguments, string key)
    {
        // What the document follows goes first: a window's state may have come since.
        var subscriber = context.Document?.States.Find(key);
        var state = Authorize(context, key, subscriber?.State ?? context.Window.States.Find(key) ?? context.App.States.Find(key), isWrite: true);

        if (!(arguments.TryGetProperty("version", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var version)))
        {
            throw InvalidParams.At("$.version", "The argument \"version\" is missing or no integer: it is the version of the value that was changed.");
        }

        var current = state.Snapshot;
        if (current.Version != version)
        {
            throw StateErrors.Conflict(key, version, current);
        }

        var wanted = ReadValue(arguments, key, current);
        var written = state.Write(version, wanted, subscriber);

        context.Result.Write("{\"version\":"u8);
        JsonText.WriteNumber(context.Result, written.Version);
        if (!IsSame(wanted, written.Json))
        {
            // The type has left something out, or put something in: the page gets what has become of its value.
            context.Result.Write(",\"value\":"u8);
            context.Result.Write(written.Json.Span);
        }

        context.Result.Write("}"u8);
    }

    // The one place where it is decided whether a page may use a state.
    private static IState Authorize(CommandContext context, string key, IState? state, bool isWrite)
    {
        // Before it is said whether there is such a state: who may not read it does not learn that.
        if (context.Document?.Rights is { } rights)
        {
            if (rights.RefusalOfState(key, write: false, state?.Options.ReadCapability) is { } hidden)
            {
                // Where only its own capability stands in the way, a key that nobody made would be told as unknown: so is this one.
                throw rights.AllowsState(key, write: false) ? StateErrors.Unknown(key) : new IpcException(hidden);
            }

            if (isWrite && rights.RefusalOfState(key, write: true, state?.Options.WriteCapability) is { } refusal)
            {
                throw new IpcException(refusal);
            }
        }

        if (state is null)
        {
            throw StateErrors.Unknown(key);
        }

        return isWrite && !state.Options.IsWritable ? throw StateErrors.ReadOnly(key) : state;
    }

    private static string ReadKey(JsonElement arguments)
    {
        try
        {
            if (arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty("key", out var key) && key.ValueKind == JsonValueKind.String)
            {
                var text = key.GetString()!;

                // Before anybody is asked whether it may be used: who refuses it keeps it, and writes it to the log.
                return Encoding.UTF8.GetByteCount(text) <= StateRegistry.MaxKeyBytes
                    ? text
                    : throw InvalidParams.At("$.key", $"The argument \"key\" is too long: the key of a state has at most {StateRegistry.MaxKeyBytes} bytes.");
            }
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate.
        }

        throw InvalidParams.At("$.key", "The argument \"key\" is missing or no text.");
    }

    private static byte[] ReadValue(JsonElement arguments, string key, StateSnapshot current)
    {
        var hasValue = arguments.TryGetProperty("value", out var value);
        var hasPatch = arguments.TryGetProperty("patch", out var patch);
        if (hasValue == hasPatch)
        {
            throw InvalidParams.At(hasValue ? "$.patch" : "$.value", "A state is written by \"value\" or by \"patch\", one of both.");
        }

        return hasValue ? JsonMarshal.GetRawUtf8Value(value).ToArray() : StatePatch.Apply(key, current.Json, patch);
    }

    private static bool IsSame(byte[] wanted, ReadOnlyMemory<byte> written)
    {
        if (written.Span.SequenceEqual(wanted))
        {
            return true;
        }

        try
        {
            var options = new JsonDocumentOptions { MaxDepth = 1_000 };
            using var first = JsonDocument.Parse(wanted, options);
            using var second = JsonDocument.Parse(written, options);
            return JsonElement.DeepEquals(first.RootElement, second.RootElement);
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate in what the type does not read.
            return false;
        }
    }
}
