using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Oriel.Engine.Conformance;

/// <summary>What has bytes in it.</summary>
internal sealed record Album(string Title, byte[] Picture, byte[][] More);

/// <summary>Metadata with the converters of bytes, as an application writes it by hand.</summary>
internal static class BodyTypes
{
    private static readonly BodyContext s_context = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { BodyJson.Bytes } });

    public static JsonTypeInfo<Album> Album => s_context.Album;
}

[JsonSerializable(typeof(Album))]
internal sealed partial class BodyContext : JsonSerializerContext;
