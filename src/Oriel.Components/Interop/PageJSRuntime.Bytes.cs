using System.Text.Json;
using Microsoft.JSInterop;
using Microsoft.JSInterop.Infrastructure;

namespace Oriel.Components.Interop;

// Bytes and streams, which travel beside the messages.
internal sealed partial class PageJSRuntime
{
    private const int MaxReasonLength = 4_096;

    protected override void SendByteArray(int id, byte[] data)
    {
        // The caller may go on with its array, and the page fetches it later.
        var address = Publish(new MemoryStream([.. data], writable: false), data.Length, null);
        Session.Send("bytes", json =>
        {
            json.WriteNumberValue(id);
            json.WriteStringValue(address);
        });
    }

    protected override Task TransmitStreamAsync(long streamId, DotNetStreamReference dotNetStreamReference)
    {
        var stream = dotNetStreamReference.Stream;
        Action? end = dotNetStreamReference.LeaveOpen ? null : stream.Dispose;
        string? address = null;
        string? reason = null;
        try
        {
            address = Publish(stream, 0, end);
        }
        catch (InvalidOperationException exception)
        {
            // Nobody awaits this: the page is told, where somebody reads the stream.
            reason = exception.Message;
            end?.Invoke();
        }

        Session.Send("stream", json =>
        {
            json.WriteNumberValue(streamId);
            json.WriteStringValue(address);
            json.WriteStringValue(reason);
        });
        return Task.CompletedTask;
    }

    protected override async Task<Stream> ReadJSDataAsStreamAsync(
        IJSStreamReference jsStreamReference, long totalLength, CancellationToken cancellationToken = default)
    {
        _ = Session;
        if (totalLength == 0)
        {
            return new MemoryStream([], writable: false);
        }

        var upload = _uploads.Ask(totalLength, DefaultAsyncTimeout ?? Timeout.InfiniteTimeSpan, cancellationToken);
        try
        {
            await this.InvokeVoidAsync("Blazor._internal.sendJSDataStream", cancellationToken, jsStreamReference, upload.Id).ConfigureAwait(false);
            return upload;
        }
        catch
        {
            await upload.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private string Publish(Stream content, long heldBytes, Action? end)
    {
        _ = Session;
        return _publications!.Add(content, heldBytes, end);
    }

    private ValueTask TakeBytes(JsonElement message)
    {
        var index = message.Number(3, "the place of an array");
        var content = _uploads.Take(message.Number(4, "the number of an upload"));
        if (index < 0 || index >= _options.Limits.MaxBodies)
        {
            throw new PageProtocolException($"The page sent more than {_options.Limits.MaxBodies:N0} arrays with one call.");
        }

        try
        {
            DotNetDispatcher.ReceiveByteArray(this, (int)index, content);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new PageProtocolException("The page sent the arrays of a call in another order than they stand there.", exception);
        }

        return default;
    }

    private ValueTask FailUpload(JsonElement message)
    {
        _uploads.Fail(message.Number(3, "the number of an upload"), message.Text(4, "the reason of a failure", MaxReasonLength));
        return default;
    }
}
