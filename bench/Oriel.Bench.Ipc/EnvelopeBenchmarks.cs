using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Oriel.Ipc;
using Perfolizer.Horology;

namespace Oriel.Bench.Ipc;

/// <summary>An envelope of 100 bytes, written and read; beside it the same by System.Text.Json's writer and reader.</summary>
/// <remarks>What System.Text.Json does here is less: it checks neither names nor members that stand twice.</remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "BenchmarkDotNet calls Release.")]
public class EnvelopeBenchmarks
{
    private const int Size = 100;

    private readonly ArrayBufferWriter<byte> _output = new(4 * Size);
    private readonly Utf8JsonWriter _writer;
    private IpcMessage _request;
    private IpcMessage _event;
    private byte[] _requestLine = [];
    private byte[] _eventLine = [];

    public EnvelopeBenchmarks() => _writer = new Utf8JsonWriter(_output, new JsonWriterOptions { SkipValidation = true });

    /// <summary>Runs all, and leaves a report in a folder.</summary>
    public static int Run(string folder)
    {
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(4).WithIterationCount(12).WithIterationTime(TimeInterval.FromMilliseconds(200)))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultConfig.Instance.GetColumnProviders().ToArray())
            .AddExporter(JsonExporter.Brief)
            .WithArtifactsPath(folder);
        var summary = BenchmarkRunner.Run<EnvelopeBenchmarks>(config);
        return summary.HasCriticalValidationErrors || summary.Reports.Any(static report => !report.Success) ? 1 : 0;
    }

    [GlobalSetup]
    public void Prepare()
    {
        (_request, _requestLine) = Pad(static data => IpcMessage.Request(new IpcId(12345), "echo", data));
        (_event, _eventLine) = Pad(static data => IpcMessage.Event("tick", data));
    }

    [GlobalCleanup]
    public void Release() => _writer.Dispose();

    [Benchmark]
    public int WriteRequest() => Write(_request);

    [Benchmark]
    public int WriteEvent() => Write(_event);

    [Benchmark]
    public int Utf8JsonWriter()
    {
        _output.ResetWrittenCount();
        _writer.Reset();
        _writer.WriteStartObject();
        _writer.WriteString("type"u8, "request"u8);
        _writer.WriteString("id"u8, "12345"u8);
        _writer.WriteString("method"u8, "echo"u8);
        _writer.WritePropertyName("data"u8);
        _writer.WriteRawValue(_request.Data.Span, skipInputValidation: true);
        _writer.WriteEndObject();
        _writer.Flush();
        return _output.WrittenCount;
    }

    [Benchmark]
    public IpcMessageKind ReadRequest() => Read(_requestLine);

    [Benchmark]
    public IpcMessageKind ReadEvent() => Read(_eventLine);

    [Benchmark]
    public int Utf8JsonReader()
    {
        var reader = new Utf8JsonReader(_requestLine);
        var members = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && (reader.ValueTextEquals("type"u8) || reader.ValueTextEquals("id"u8) || reader.ValueTextEquals("method"u8) || reader.ValueTextEquals("data"u8)))
            {
                members++;
                reader.Read();
            }
        }

        return members;
    }

    private int Write(in IpcMessage message)
    {
        _output.ResetWrittenCount();
        EnvelopeWriter.Write(_output, message);
        return _output.WrittenCount;
    }

    private static IpcMessageKind Read(byte[] line) =>
        EnvelopeReader.TryRead(line, IpcLimits.Default, out var message, out var error) ? message.Kind : throw new IpcException(error);

    // A message whose line has exactly so many bytes.
    private static (IpcMessage Message, byte[] Line) Pad(Func<ReadOnlyMemory<byte>, IpcMessage> create)
    {
        var output = new ArrayBufferWriter<byte>();
        EnvelopeWriter.Write(output, create("\"\""u8.ToArray()));
        var message = create(Encoding.UTF8.GetBytes($"\"{new string('x', Size - output.WrittenCount)}\""));

        output.ResetWrittenCount();
        EnvelopeWriter.Write(output, message);
        return (message, output.WrittenSpan.ToArray());
    }
}
