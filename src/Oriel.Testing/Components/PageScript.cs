using System.Text.Json;
using Microsoft.JSInterop;

namespace Oriel.Testing;

/// <summary>The JavaScript of a page, which a test plays.</summary>
public sealed class PageScript
{
    private const string OwnFunctions = "Blazor._internal.";
    private const string WidgetFunctions = "orielWidgets.";

    private readonly ComponentPage _page;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Func<ScriptCall, object?>> _functions = new(StringComparer.Ordinal);
    private readonly List<ScriptCall> _calls = [];
    private readonly Dictionary<long, string> _objects = [];
    private readonly Dictionary<string, TaskCompletionSource<JsonElement?>> _pending = new(StringComparer.Ordinal);
    private long _lastObject;
    private long _lastCall;

    internal PageScript(ComponentPage page) => _page = page;

    /// <summary>The calls so far, in their order.</summary>
    public IReadOnlyList<ScriptCall> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Says what a function returns. One that is not set up is not there, as in a page that lacks its script.</summary>
    /// <param name="name">Its name as components write it: of the page, of a module or of an object.</param>
    /// <param name="function">
    /// Makes the result; a <c>byte[]</c>, or a <see cref="Stream"/> with a length where C# asks for a stream, is passed as pages pass them. What it throws is thrown at the component as a
    /// <see cref="JSException"/>.
    /// </param>
    public void Setup(string name, Func<ScriptCall, object?>? function = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        lock (_gate)
        {
            _functions[name] = function ?? (static _ => null);
        }
    }

    /// <summary>Calls a static method with <c>[JSInvokable]</c>, as a script would.</summary>
    public Task<JsonElement?> InvokeAsync(string assembly, string method, params object?[] arguments) => InvokeAsync(0, assembly, method, arguments);

    internal async Task<JsonElement?> InvokeAsync(long target, string? assembly, string method, object?[] arguments)
    {
        var pending = new TaskCompletionSource<JsonElement?>(TaskCreationOptions.RunContinuationsAsynchronously);
        long id;
        lock (_gate)
        {
            id = ++_lastCall;
            _pending.Add(id.ToString(System.Globalization.CultureInfo.InvariantCulture), pending);
        }

        _page.Bytes.Send("call", arguments, json =>
        {
            json.WriteNumberValue(id);
            json.WriteStringValue(assembly);
            json.WriteStringValue(method);
            json.WriteNumberValue(target);
        });
        _page.Settle();
        return await pending.Task.WaitAsync(_page.Limit).ConfigureAwait(false);
    }

    // [n, ack, "done", callId, succeeded, result]
    internal void Complete(JsonElement[] message)
    {
        TaskCompletionSource<JsonElement?>? pending;
        lock (_gate)
        {
            _pending.Remove(message[3].GetString()!, out pending);
        }

        var result = message[5].GetString();
        if (message[4].GetBoolean())
        {
            pending?.TrySetResult(result is null ? null : JsonElement.Parse(result));
        }
        else
        {
            pending?.TrySetException(new JSException(result ?? ""));
        }
    }

    // [n, ack, "call", handle, identifier, arguments, result type, target, call type]
    internal void Answer(JsonElement[] message)
    {
        var handle = message[3].GetInt64();
        var returns = (JSCallResultType)message[6].GetInt32();
        object? result;
        try
        {
            result = Call(message);
            if (returns == JSCallResultType.JSStreamReference)
            {
                result = _page.Bytes.Reference(result);
            }
        }
        catch (Exception exception)
        {
            End(handle, false, exception.Message);
            return;
        }

        if (returns == JSCallResultType.JSObjectReference)
        {
            result = new Dictionary<string, long> { ["__jsObjectId"] = Keep(message[4].GetString()!, message[5]) };
        }

        End(handle, true, returns == JSCallResultType.JSVoidResult ? null : result);
    }

    private object? Call(JsonElement[] message)
    {
        var name = message[4].GetString()!;
        JsonElement[] arguments = message[5].GetString() is { } json ? [.. JsonElement.Parse(json).EnumerateArray()] : [];
        ScriptCall call;
        Func<ScriptCall, object?>? function;
        lock (_gate)
        {
            call = new ScriptCall(_page, name, _objects.GetValueOrDefault(message[7].GetInt64()), arguments);
            _calls.Add(call);
            _functions.TryGetValue(name, out function);
        }

        if (function is not null)
        {
            return function(call);
        }

        return name is "import" or "DotNet.disposeJSObjectReferenceById"
                || name.StartsWith(OwnFunctions, StringComparison.Ordinal) || name.StartsWith(WidgetFunctions, StringComparison.Ordinal)
            ? _page.CallOwn(name, call)
            : throw new InvalidOperationException($"Could not find '{name}': the page has no such function. A test sets it up with page.JS.Setup(\"{name}\", call => ...).");
    }

    private long Keep(string identifier, JsonElement arguments)
    {
        lock (_gate)
        {
            _objects[++_lastObject] = identifier == "import" ? JsonElement.Parse(arguments.GetString()!)[0].GetString()! : identifier;
            return _lastObject;
        }
    }

    private void End(long handle, bool succeeded, object? result)
    {
        // Nobody waits for a call without a number.
        if (handle == 0)
        {
            return;
        }

        try
        {
            _page.Bytes.Send("end", [handle, succeeded, result], json =>
            {
                json.WriteNumberValue(handle);
                json.WriteBooleanValue(succeeded);
            });
        }
        catch (JSException exception) when (succeeded)
        {
            End(handle, false, exception.Message);
        }
    }
}
