using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.CodeAnalysis;
using Oriel.Generators.Tests.Samples;

namespace Oriel.Generators.Tests.Types;

/// <summary>The samples as Oriel's generated resolver has them, and as System.Text.Json's own generated context does.</summary>
internal static class SampleJson
{
    private static readonly Lazy<IJsonTypeInfoResolver> s_resolver = new(Generate);

    /// <summary>With Oriel's metadata and nothing else.</summary>
    public static JsonSerializerOptions Oriel { get; } = Options(new Deferred(s_resolver));

    /// <summary>With System.Text.Json's. It writes enums as texts only when it is told to.</summary>
    public static JsonSerializerOptions Own { get; } = Options(SampleContext.Default, new JsonStringEnumConverter<Hue>(JsonNamingPolicy.CamelCase, allowIntegerValues: false));

    public static string Write<T>(T value, JsonSerializerOptions options) => JsonSerializer.Serialize(value, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));

    public static T? Read<T>(string json, JsonSerializerOptions options) => JsonSerializer.Deserialize(json, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));

    private static JsonSerializerOptions Options(IJsonTypeInfoResolver resolver, params JsonConverter[] converters)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = resolver,
        };
        foreach (var converter in converters)
        {
            options.Converters.Add(converter);
        }

        return options;
    }

    private static IJsonTypeInfoResolver Generate()
    {
        // The samples are compiled into this assembly; what is generated for them reaches their internals as it would in their own.
        var compilation = InMemory.Compile("").WithAssemblyName("Samples.Generated");
        var catalog = new TypeCatalog(compilation, CancellationToken.None);
        foreach (var root in Roots(compilation))
        {
            catalog.Use(root, null);
        }

        Assert.Empty(catalog.Diagnostics.Where(diagnostic => diagnostic.Descriptor.DefaultSeverity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToDiagnostic().ToString()));
        var assembly = compilation.With(ResolverEmitter.Emit(catalog.Shapes)).Load();
        return (IJsonTypeInfoResolver)Activator.CreateInstance(assembly.GetType("Oriel.Generated.OrielJsonResolver", throwOnError: true)!)!;
    }

    private static IEnumerable<ITypeSymbol> Roots(Compilation compilation)
    {
        var context = compilation.GetTypeByMetadataName(typeof(SampleContext).FullName!)!;
        foreach (var attribute in context.GetAttributes())
        {
            if (attribute.ConstructorArguments is [{ Value: ITypeSymbol type }])
            {
                yield return type;
            }
        }

        // System.Text.Json's generator leaves out the fields of tuples, and refuses what is internal.
        yield return compilation.GetTypeByMetadataName(typeof(Tuples).FullName!)!;
        yield return compilation.GetTypeByMetadataName(typeof(Internals).FullName!)!;
    }

    private sealed class Deferred(Lazy<IJsonTypeInfoResolver> resolver) : IJsonTypeInfoResolver
    {
        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => resolver.Value.GetTypeInfo(type, options);
    }
}
