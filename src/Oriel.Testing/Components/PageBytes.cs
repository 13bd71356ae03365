using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Oriel.Components.Interop;
using Oriel.Ipc;

namespace Oriel.Testing;

/// <summary>The arrays and streams that C# and the script of a page pass to each other: they travel beside the messages, which only name them.</summary>
internal sealed class PageBytes(ComponentPage page)
{
    private const string Array = "__byte[]";
    private const string StreamOfCSharp = "__dotNetStream";

    // Far from the numbers of other objects of the script.
    private const long FirstStream = 1L << 40;

    // What is written and read names what the page holds; the options are all pages'.
    [ThreadStatic]
    private static PageBytes? t_page;

    [ThreadStatic]
    private static List<byte[]>? t_passed;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerOptions.Web) { Converters = { new ArrayConverter(), new StreamConverter() } };

    private readonly Lock _gate = new();
    private readonly Lock _sending = new();
    private readonly Dictionary<long, byte[]> _arrays = [];
    private readonly Dictionary<long, (string? Address, string? Reason)> _announced = [];
    private readonly Dictionary<long, Stream> _streams = [];
    private long _lastStream = FirstStream;
    private long _lastUpload;

    /// <summary>Fetches an array that a later message names: [n, ack, "bytes", id, address].</summary>
    public void Fetch(JsonElement[] message)
    {
        using var content = page.Link.Open(message[4].GetString()!);
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        lock (_gate)
        {
            _arrays[message[3].GetInt64()] = copy.ToArray();
        }
    }

    /// <summary>Notes a stream, which is fetched when a test reads it: [n, ack, "stream", id, address, reason].</summary>
    public void Announce(JsonElement[] message)
    {
        lock (_gate)
        {
            _announced[message[3].GetInt64()] = (message[4].GetString(), message.Length > 5 ? message[5].GetString() : null);
        }
    }

    /// <summary>Reads what C# has passed.</summary>
    public T? Read<T>(JsonElement value)
    {
        t_page = this;
        try
        {
            return value.Deserialize<T>(s_json);
        }
        finally
        {
            t_page = null;
        }
    }

    /// <summary>What stands for a result that C# reads as a stream.</summary>
    public object Reference(object? content)
    {
        var stream = content switch
        {
            byte[] bytes => new MemoryStream(bytes, writable: false),
            Stream { CanSeek: true } any => any,
            _ => throw new InvalidOperationException("The component reads this result as a stream: return a byte[], or a Stream whose length is known."),
        };
        lock (_gate)
        {
            _streams[++_lastStream] = stream;
            return new Dictionary<string, long> { ["__jsObjectId"] = _lastStream, ["__jsStreamReferenceLength"] = stream.Length - stream.Position };
        }
    }

    /// <summary>Sends what C# reads of a stream, by the number that it chose.</summary>
    public void Send(long stream, long upload)
    {
        Stream? content;
        lock (_gate)
        {
            if (!_streams.Remove(stream, out content))
            {
                throw new InvalidOperationException("The page has no such stream, or has sent it before.");
            }
        }

        _ = SendAsync(content, upload);
    }

    /// <summary>Lets go of a stream that C# does not read any more.</summary>
    public void Forget(long stream)
    {
        lock (_gate)
        {
            _streams.Remove(stream);
        }
    }

    /// <summary>Sends a message whose last member is JSON, after the arrays that stand in it.</summary>
    /// <exception cref="JSException">C# takes no array of that size.</exception>
    public void Send(string kind, object?[] values, Action<Utf8JsonWriter> before)
    {
        var passed = new List<byte[]>();
        var text = Write(values, passed);
        lock (_sending)
        {
            for (var index = 0; index < passed.Count; index++)
            {
                var place = index;
                var upload = Upload(passed[index]);
                page.Link.Send("bytes", json =>
                {
                    json.WriteNumberValue(place);
                    json.WriteNumberValue(upload);
                });
            }

            page.Link.Send(kind, json =>
            {
                before(json);
                json.WriteStringValue(text);
            });
        }
    }

    private string Write(object?[] values, List<byte[]> passed)
    {
        (t_page, t_passed) = (this, passed);
        try
        {
            return JsonSerializer.Serialize(values, s_json);
        }
        finally
        {
            (t_page, t_passed) = (null, null);
        }
    }

    private PageUploads Uploads => page.Services.GetRequiredService<PageUploads>();

    private long Upload(byte[] content)
    {
        try
        {
            var upload = Interlocked.Increment(ref _lastUpload);
            Uploads.ReceiveAsync(upload, new MemoryStream(content, writable: false), CancellationToken.None).WaitAsync(page.Limit).GetAwaiter().GetResult();
            return upload;
        }
        catch (IpcException exception)
        {
            throw new JSException(exception.Message, exception);
        }
    }

    private async Task SendAsync(Stream content, long upload)
    {
        try
        {
            await using (content.ConfigureAwait(false))
            {
                await Uploads.ReceiveAsync(upload, content, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IpcException or IOException or ObjectDisposedException)
        {
            // As pages do. Who reads hears of it; when nobody does any more it is nobody's concern.
            page.Link.Send("stream", json =>
            {
                json.WriteNumberValue(upload);
                json.WriteStringValue(exception.Message);
            });
        }
    }

    private byte[] ArrayOf(long id)
    {
        lock (_gate)
        {
            return _arrays.TryGetValue(id, out var content) ? content : throw new JsonException("The page was sent no such array.");
        }
    }

    private Stream StreamOf(long id)
    {
        (string? Address, string? Reason) announced;
        lock (_gate)
        {
            // Its address comes behind the call that names it.
            if (!_announced.Remove(id, out announced))
            {
                throw new InvalidOperationException("The stream is not there: it was read before, or the call that passed it has not returned. Read it after the call, once.");
            }
        }

        return page.Link.Open(announced.Address ?? throw new IOException(announced.Reason));
    }

    private static long NumberIn(ref Utf8JsonReader reader, string name)
    {
        using var value = JsonDocument.ParseValue(ref reader);
        return value.RootElement.ValueKind == JsonValueKind.Object && value.RootElement.TryGetProperty(name, out var number)
            ? number.GetInt64()
            : throw new JsonException($"C# passed something else: {value.RootElement.GetRawText()}");
    }

    private sealed class ArrayConverter : JsonConverter<byte[]>
    {
        public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => t_page!.ArrayOf(NumberIn(ref reader, Array));

        public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteNumber(Array, t_passed!.Count);
            writer.WriteEndObject();
            t_passed.Add(value);
        }
    }

    private sealed class StreamConverter : JsonConverter<Stream>
    {
        public override bool CanConvert(Type typeToConvert) => typeof(Stream).IsAssignableFrom(typeToConvert);

        public override Stream Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => t_page!.StreamOf(NumberIn(ref reader, StreamOfCSharp));

        public override void Write(Utf8JsonWriter writer, Stream value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, t_page!.Reference(value), JsonSerializerOptions.Web);
    }
}
