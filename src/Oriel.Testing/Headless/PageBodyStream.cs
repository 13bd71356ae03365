using System.Globalization;
using System.Text.Json;
using Oriel.Engines;
using Oriel.Ipc;

namespace Oriel.Testing;

/// <summary>A stream of an answer, whose ranges the page asks for one after the other.</summary>
internal sealed class PageBodyStream(HeadlessPage page, string address) : ReadOnlyStream
{
    private ReadOnlyMemory<byte> _range;
    private long _offset;
    private bool _isOver;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_range.IsEmpty && !_isOver)
        {
            await FetchAsync(cancellationToken).ConfigureAwait(false);
        }

        var count = Math.Min(buffer.Length, _range.Length);
        _range[..count].CopyTo(buffer);
        _range = _range[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (!_isOver && !page.IsEnded)
        {
            _isOver = true;
            await using var response = await page.FetchAsync(address, "DELETE").ConfigureAwait(false);
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        await using var response = await page.FetchAsync(string.Create(CultureInfo.InvariantCulture, $"{address}?offset={_offset}"), cancellationToken: cancellationToken).ConfigureAwait(false);
        if (response.Status != 200)
        {
            _isOver = true;
            throw await ErrorOfAsync(response).ConfigureAwait(false);
        }

        _range = await response.ReadBytesAsync(cancellationToken).ConfigureAwait(false);
        _offset += _range.Length;
        _isOver = response.Header(DownBody.EndHeader) is not null;
    }

    private static async Task<IpcException> ErrorOfAsync(HeadlessResponse response)
    {
        var text = await response.ReadTextAsync().ConfigureAwait(false);
        if (response.Status != 500)
        {
            return new IpcException(IpcErrorCode.Disconnected, text);
        }

        using var json = JsonDocument.Parse(text);
        return new IpcException((IpcErrorCode)json.RootElement.GetProperty("code").GetInt32(), json.RootElement.GetProperty("message").GetString()!);
    }
}
