namespace Oriel.Engine.Conformance;

/// <summary>A window whose page a test plays, on any engine. It plays the document that the window shows at the time.</summary>
/// <remarks>All data is JSON. Calls time out by themselves, so that a test that fails does not hang.</remarks>
public interface IPageDriver : IAsyncDisposable
{
    /// <summary>The window.</summary>
    Window Window { get; }

    /// <summary>Whether the document has a bridge.</summary>
    Task<bool> HasBridgeAsync();

    /// <summary>Calls a command; throws <see cref="PageErrorException"/>, or <see cref="OperationCanceledException"/> when the page cancelled it.</summary>
    Task<string> InvokeAsync(string name, string arguments = "null", CancellationToken cancellationToken = default);

    /// <summary>Calls commands in one turn of the page, without waiting in between.</summary>
    Task<Task<string>[]> InvokeInOneTurnAsync(params (string Name, string Arguments)[] calls);

    /// <summary>Calls a command and cancels the call in the same turn.</summary>
    Task InvokeAndCancelAsync(string name);

    /// <summary>Calls a command many times at once, with 0, 1, 2 ... as arguments.</summary>
    /// <returns>The answers.</returns>
    Task<string[]> InvokeManyAsync(string name, int count);

    /// <summary>Reads a stream.</summary>
    IAsyncEnumerable<string> StreamAsync(string name, string arguments = "null", int credit = 32);

    /// <summary>Emits an event; ends when it was accepted.</summary>
    Task EmitAsync(string name, string data = "null");

    /// <summary>Emits an event many times in one turn, with 0, 1, 2 ... as data.</summary>
    Task EmitManyAsync(string name, int count);

    /// <summary>Dispatches a DOM event.</summary>
    Task DispatchAsync(string name, string detail = "null");

    /// <summary>Begins to record what happens to the page in its order: events of these names, as <c>name data</c>.</summary>
    Task RecordAsync(params string[] names);

    /// <summary>Begins to record what comes of states, as <c>state data</c>: all that reaches the page, as a hostile page would look.</summary>
    Task RecordStatesAsync();

    /// <summary>Has the answers of a call stand in the record, as <c>answer value</c>.</summary>
    Task RecordAnswerAsync(string name, string arguments = "null");

    /// <summary>What was recorded, when it is at least so much.</summary>
    Task<string[]> RecordedAsync(int count);

    /// <summary>Has the page do nothing until <see cref="ResumeReadingAsync"/>.</summary>
    Task StopReadingAsync();

    /// <summary>Lets the page go on.</summary>
    Task ResumeReadingAsync();

    /// <summary>Posts a request that the test has written itself.</summary>
    /// <returns>The answer's line, or <c>code text</c> where it was refused as a whole.</returns>
    Task<string> PostRequestAsync(string id, string line);

    /// <summary>Hands the isolated script any string, as a hostile page can.</summary>
    Task SignalUpAsync(string detail);

    /// <summary>Asks for a resource and reads it to its end.</summary>
    Task<FetchedResponse> FetchAsync(string url, string method = "GET", IReadOnlyDictionary<string, string>? headers = null, byte[]? body = null);

    /// <summary>Asks for a resource and reads its body as it arrives, as text.</summary>
    IAsyncEnumerable<string> FetchPiecesAsync(string url);

    /// <summary>Gets a resource and posts it to another address.</summary>
    /// <returns>The answer's text.</returns>
    Task<string> RelayAsync(string from, string to);

    /// <summary>Calls a command with bytes of <see cref="Pattern"/> as its whole argument.</summary>
    /// <param name="name">The command.</param>
    /// <param name="kind"><c>Uint8Array</c>, <c>ArrayBuffer</c>, <c>DataView</c> (of a part of a buffer), <c>Blob</c>, <c>File</c> or <c>ReadableStream</c>.</param>
    /// <param name="length">How many bytes.</param>
    /// <returns>The answer.</returns>
    Task<string> SendBytesAsync(string name, string kind, int length);

    /// <summary>Calls a command whose answer is bytes or a stream, and reads it to its end.</summary>
    Task<BytesSeen> ReceiveBytesAsync(string name, string arguments = "null");

    /// <summary>Calls a command with <c>{"title":"t","picture":bytes,"more":[bytes,bytes]}</c> of 10, 20 and 30 bytes, and looks at the same members of its answer.</summary>
    /// <returns>The title, and what was in the place of the three.</returns>
    Task<(string Title, BytesSeen[] Bytes)> RelayNestedAsync(string name);

    /// <summary>Calls a command whose answer is a stream, reads a piece of it, and cancels it.</summary>
    Task ReceiveAndCancelAsync(string name);

    /// <summary>Calls a command with a stream that has no end.</summary>
    /// <returns>Whether the stream was cancelled in the page when the answer came, or soon after.</returns>
    Task<bool> SendEndlessAsync(string name);

    /// <summary>Goes to an address, as a script of the page does.</summary>
    Task NavigateAsync(string url);

    /// <summary>Goes back, as a script of the page does.</summary>
    Task GoBackAsync();

    /// <summary>Goes forward, as a script of the page does.</summary>
    Task GoForwardAsync();

    /// <summary>Sets the document's title.</summary>
    Task SetTitleAsync(string title);
}
