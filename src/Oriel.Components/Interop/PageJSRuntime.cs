using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;
using Microsoft.JSInterop.Infrastructure;

namespace Oriel.Components.Interop;

/// <summary>Calls JavaScript of a session's page, and lets the page call methods with <c>[JSInvokable]</c>.</summary>
/// <remarks>
/// Every call is asynchronous: the page is another process, or another machine. It is deliberately no <see cref="IJSInProcessRuntime"/>, which
/// libraries look for to call synchronously. What a page answers wrongly is an error of that call.
/// </remarks>
internal sealed partial class PageJSRuntime : JSRuntime, ISessionPart
{
    // As many as a page that works may have under way; each of them runs a method of the application.
    private const int MaxCallsOfPage = 4_096;
    private const int MaxIdentifierLength = 1_024;

    private readonly ComponentsOptions _options;
    private readonly StaticCallPolicy _policy;
    private readonly PageUploads _uploads;
    private readonly ILogger _logger;
    private ComponentSession? _session;
    private Publications? _publications;
    private int _callsOfPage;
    private bool _isOver;

    public PageJSRuntime(ComponentsOptions options, StaticCallPolicy policy, PageUploads uploads, ILogger<PageJSRuntime> logger)
    {
        _options = options;
        _policy = policy;
        _uploads = uploads;
        _logger = logger;
        DefaultAsyncTimeout = options.JSCallTimeout;
        JsonSerializerOptions.TypeInfoResolver = new DefaultJsonTypeInfoResolver();
        JsonSerializerOptions.Converters.Add(new ElementReferenceConverter(new WebElementReferenceContext(this)));
    }

    public void Attach(ComponentSession session)
    {
        _session = session;
        _publications = new(session.Publish, _options.Limits.MaxBodies, _options.Limits.MaxBodyBytes);
        session.On("call", BeginCallOfPage);
        session.On("end", EndCall);
        session.On("bytes", TakeBytes);
        session.On("stream", FailUpload);
        session.Ending.Register(End);
    }

    protected override void BeginInvokeJS(long taskId, string identifier, string? argsJson, JSCallResultType resultType, long targetInstanceId) =>
        BeginInvokeJS(new()
        {
            AsyncHandle = taskId,
            Identifier = identifier,
            ArgsJson = argsJson!,
            ResultType = resultType,
            TargetInstanceId = targetInstanceId,
            CallType = JSCallType.FunctionCall,
        });

    protected override void BeginInvokeJS(in JSInvocationInfo invocationInfo)
    {
        var session = Session;
        if (invocationInfo.ArgsJson.Length > _options.Limits.MaxMessageBytes)
        {
            throw new ArgumentException(
                $"The arguments of '{invocationInfo.Identifier}' are {invocationInfo.ArgsJson.Length:N0} characters of JSON, and "
                + $"ComponentsOptions.Limits.MaxMessageBytes is {_options.Limits.MaxMessageBytes:N0}. "
                + "Pass a byte[] or a DotNetStreamReference, which travel beside the messages.");
        }

        var call = invocationInfo;
        session.Send("call", json =>
        {
            json.WriteNumberValue(call.AsyncHandle);
            json.WriteStringValue(call.Identifier);
            json.WriteStringValue(call.ArgsJson);
            json.WriteNumberValue((int)call.ResultType);
            json.WriteNumberValue(call.TargetInstanceId);
            json.WriteNumberValue((int)call.CallType);
        });
    }

    protected override void EndInvokeDotNet(DotNetInvocationInfo invocationInfo, in DotNetInvocationResult invocationResult)
    {
        Interlocked.Decrement(ref _callsOfPage);
        if (_session is not { IsEnding: false })
        {
            return;
        }

        if (invocationResult.Success)
        {
            Answer(invocationInfo.CallId!, true, invocationResult.ResultJson);
            return;
        }

        var exception = invocationResult.Exception!;
        _logger.InvokableFailed(exception.GetType().Name, _options.IsDevelopment ? exception : null);
        Answer(invocationInfo.CallId!, false, _options.IsDevelopment
            ? exception.ToString()
            : "A method of C# that the page called has failed. In development its exception is shown here and logged: set DOTNET_ENVIRONMENT to Development.");
    }

    /// <summary>The session that is there.</summary>
    /// <exception cref="InvalidOperationException">There is none yet.</exception>
    /// <exception cref="JSDisconnectedException">It is over.</exception>
    private ComponentSession Session
    {
        get
        {
            var session = _session ?? throw new InvalidOperationException(
                "JavaScript was called before there is a page. Call it from a component that is shown (OnAfterRenderAsync), not while its services are made.");
            return Volatile.Read(ref _isOver) || session.IsEnding
                ? throw new JSDisconnectedException("JavaScript cannot be called: the page has gone, and its components are being disposed of.")
                : session;
        }
    }

    private ValueTask BeginCallOfPage(JsonElement message)
    {
        // Without a number nobody would hear of its end, and it could not be counted.
        var call = message.Number(3, "the number of a call").ToString(CultureInfo.InvariantCulture);
        var assembly = message.TextOrNull(4, "the assembly of a call", MaxIdentifierLength);
        var method = message.Text(5, "the method of a call", MaxIdentifierLength);
        var target = message.NumberOrNull(6, "the object of a call") ?? 0;
        var arguments = message.Text(7, "the arguments of a call");
        if (Volatile.Read(ref _callsOfPage) >= MaxCallsOfPage)
        {
            Refuse(call, $"{MaxCallsOfPage:N0} calls of this page to C# are under way. Await them before there are more.");
        }
        else if (target == 0 && (assembly is null || !_policy.Allows(assembly)))
        {
            _logger.StaticCallRefused();
            Refuse(
                call,
                "The page may not call static methods of this assembly: it holds no components and is not in ComponentsOptions.JSInvokableAssemblies.");
        }
        else
        {
            Interlocked.Increment(ref _callsOfPage);

            // What the method or its arguments throw comes back by EndInvokeDotNet.
            DotNetDispatcher.BeginInvokeDotNet(this, new(assembly, method, target, call), arguments);
        }

        return default;
    }

    private ValueTask EndCall(JsonElement message)
    {
        var handle = message.Number(3, "the number of a call");
        var succeeded = message.Flag(4, "the outcome of a call");
        var result = message.Text(5, "the result of a call");
        try
        {
            if (!IsResultOf(result, handle, succeeded))
            {
                throw new JsonException("The page's answer is not one to this call.");
            }

            DotNetDispatcher.EndInvokeJS(this, result);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            // No more than this call fails by what a page answers. It may have been completed, or never have been there: then nothing happens.
            _ = TryFail(handle, new JSException("What the page answered to a call of JavaScript cannot be read.", exception));
        }

        return default;
    }

    // The dispatcher takes the handle from within the result, and completes the call before it has seen the end: what belongs to another call, or has more
    // behind it, must not get there.
    private static bool IsResultOf(string result, long handle, bool succeeded)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(result);
        var reader = new Utf8JsonReader(bytes);
        return reader.Read() && reader.TokenType == JsonTokenType.StartArray
            && reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var own) && own == handle
            && reader.Read() && reader.TokenType == (succeeded ? JsonTokenType.True : JsonTokenType.False)
            && reader.Read() && reader.TrySkip()
            && reader.Read() && reader.TokenType == JsonTokenType.EndArray && !reader.Read();
    }

    private void Refuse(string call, string reason) => Answer(call, false, reason);

    private void Answer(string call, bool succeeded, string? result) => _session!.Send("done", json =>
    {
        json.WriteStringValue(call);
        json.WriteBooleanValue(succeeded);
        json.WriteStringValue(result);
    });

    private void End()
    {
        Volatile.Write(ref _isOver, true);
        foreach (var handle in PendingTasks(this).Keys)
        {
            _ = TryFail(handle, new JSDisconnectedException("A call of JavaScript was not answered: the page has gone."));
        }

        _publications!.Close();
        _uploads.Dispose();
    }

    // The runtime has no way of its own to fail a call by another exception than a JSException, and components await a JSDisconnectedException
    // when their page goes.
    private bool TryFail(long handle, Exception exception) =>
        PendingTasks(this).TryRemove(handle, out var pending)
        && (bool)pending.GetType().GetMethod(nameof(TaskCompletionSource.TrySetException), [typeof(Exception)])!.Invoke(pending, [exception])!;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_pendingTasks")]
    private static extern ref ConcurrentDictionary<long, object> PendingTasks(JSRuntime runtime);
}
