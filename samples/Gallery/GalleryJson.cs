using System.Text.Json;
using System.Text.Json.Serialization;
using Gallery.Backend;
using Gallery.Files;
using Gallery.Monitor;

namespace Gallery;

/// <summary>The JSON of everything that passes between the page and this program.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SystemInfo))]
[JsonSerializable(typeof(SystemSample))]
[JsonSerializable(typeof(ProcessList))]
[JsonSerializable(typeof(ProcessDetails))]
[JsonSerializable(typeof(IReadOnlyList<FilePlace>))]
[JsonSerializable(typeof(FileListing))]
[JsonSerializable(typeof(IReadOnlyList<CommandDescription>))]
[JsonSerializable(typeof(MonitorIntervalArguments))]
[JsonSerializable(typeof(ProcessDetailsArguments))]
[JsonSerializable(typeof(FileListArguments))]
[JsonSerializable(typeof(Operands))]
[JsonSerializable(typeof(TextArguments))]
[JsonSerializable(typeof(ReverseArrayArguments))]
[JsonSerializable(typeof(FailArguments))]
[JsonSerializable(typeof(SleepArguments))]
[JsonSerializable(typeof(CountArguments))]
[JsonSerializable(typeof(BurstArguments))]
[JsonSerializable(typeof(BurstResult))]
[JsonSerializable(typeof(BurstItem))]
[JsonSerializable(typeof(TickArguments))]
[JsonSerializable(typeof(Tick))]
[JsonSerializable(typeof(PageMessage))]
[JsonSerializable(typeof(PageEcho))]
[JsonSerializable(typeof(PageVisibility))]
[JsonSerializable(typeof(PageTheme))]
[JsonSerializable(typeof(BackendReport))]
[JsonSerializable(typeof(BackendLine))]
[JsonSerializable(typeof(IReadOnlyList<BackendLine>))]
[JsonSerializable(typeof(MeasureArguments))]
[JsonSerializable(typeof(IReadOnlyList<double>))]
[JsonSerializable(typeof(IReadOnlyList<JsonElement>))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(string))]
public sealed partial class GalleryJson : JsonSerializerContext;
