using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Oriel;

/// <summary>How bytes stand in the arguments and the answers of commands: as references, while the bytes themselves travel beside the JSON.</summary>
/// <remarks>
/// In a page they are <c>Uint8Array</c> and <c>ReadableStream</c>. Generated metadata uses these converters; a context of the
/// application's own gets them by its options. They work while the arguments of a page's call are read and its answer is written, and nowhere else.
/// </remarks>
public static class BodyJson
{
    /// <summary>Bytes that are all there before the command begins.</summary>
    public static JsonConverter<byte[]> Bytes { get; } = new BytesConverter();

    /// <summary>Bytes that are all there before the command begins.</summary>
    public static JsonConverter<Memory<byte>> Memory { get; } = new MemoryConverter();

    /// <summary>Bytes that are all there before the command begins.</summary>
    public static JsonConverter<ReadOnlyMemory<byte>> ReadOnlyMemory { get; } = new ReadOnlyMemoryConverter();

    /// <summary>Bytes that come, or go, while they are read. A stream of the page's ends with its call; one of an answer is disposed when the page has read it or is gone.</summary>
    public static JsonConverter<Stream> Stream { get; } = new StreamConverter();

    /// <summary>Bytes that come, or go, while they are read, as <see cref="Stream"/>.</summary>
    public static JsonConverter<PipeReader> PipeReader { get; } = new PipeReaderConverter();

    private static CallBodies Bodies =>
        BodyScope.Current?.UseBodies() ?? throw new JsonException("Bytes travel in the arguments and the answers of a page's calls alone. For anything else use app.Serve, and pass on its address.");

    private sealed class BytesConverter : JsonConverter<byte[]>
    {
        public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Bodies.Bytes(BodyReference.Read(ref reader));

        public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => Bodies.Park(writer, value.AsMemory());
    }

    private sealed class MemoryConverter : JsonConverter<Memory<byte>>
    {
        public override Memory<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Bodies.Bytes(BodyReference.Read(ref reader));

        public override void Write(Utf8JsonWriter writer, Memory<byte> value, JsonSerializerOptions options) => Bodies.Park(writer, value);
    }

    private sealed class ReadOnlyMemoryConverter : JsonConverter<ReadOnlyMemory<byte>>
    {
        public override ReadOnlyMemory<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Bodies.Bytes(BodyReference.Read(ref reader));

        public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value, JsonSerializerOptions options) => Bodies.Park(writer, value);
    }

    private sealed class StreamConverter : JsonConverter<Stream>
    {
        public override Stream Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Bodies.Open(BodyReference.Read(ref reader));

        public override void Write(Utf8JsonWriter writer, Stream value, JsonSerializerOptions options) => Bodies.Park(writer, value);
    }

    private sealed class PipeReaderConverter : JsonConverter<PipeReader>
    {
        public override PipeReader Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            System.IO.Pipelines.PipeReader.Create(Bodies.Open(BodyReference.Read(ref reader)));

        public override void Write(Utf8JsonWriter writer, PipeReader value, JsonSerializerOptions options) => Bodies.Park(writer, value.AsStream());
    }
}
