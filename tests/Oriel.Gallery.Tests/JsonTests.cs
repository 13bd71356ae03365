using System.Text.Json;
using Gallery;
using Gallery.Files;
using Gallery.Monitor;

namespace Oriel.Gallery.Tests;

public sealed class JsonTests
{
    [Fact]
    public void A_sample_has_the_names_of_the_contract()
    {
        var sample = new SystemSample(
            1,
            new CpuSample(0.5, [0.5]),
            new MemorySample(6, 5, 4, 3, 2, 1),
            [new DiskSample("/", "/dev/sda", 2, 1, 0, 0)],
            [new NetworkSample("lo", 0, 0, 2, 1)],
            [0.1, 0.2, 0.3],
            9);

        var json = JsonSerializer.Serialize(sample, GalleryJson.Default.SystemSample);

        Assert.Equal(
            """{"time":1,"cpu":{"total":0.5,"cores":[0.5]}"""
            + ""","memory":{"total":6,"used":5,"available":4,"cached":3,"swapTotal":2,"swapUsed":1}"""
            + ""","disks":[{"mount":"/","device":"/dev/sda","total":2,"used":1,"readRate":0,"writeRate":0}]"""
            + ""","network":[{"name":"lo","receiveRate":0,"sendRate":0,"received":2,"sent":1}],"load":[0.1,0.2,0.3],"uptime":9}""",
            json);
    }

    [Fact]
    public void A_list_of_processes_has_the_names_of_the_contract()
    {
        var list = new ProcessList(1, [new ProcessSample(2, 1, "sh", "ada", ProcessState.Sleeping, 0.25, 4096, 1, "sh -c")]);

        var json = JsonSerializer.Serialize(list, GalleryJson.Default.ProcessList);

        Assert.Equal(
            """{"time":1,"processes":[{"pid":2,"ppid":1"""
            + ""","name":"sh","user":"ada","state":"sleeping","cpu":0.25,"memory":4096,"threads":1,"command":"sh -c"}]}""",
            json);
    }

    [Fact]
    public void A_listing_has_the_names_of_the_contract()
    {
        var listing = new FileListing("/", null, [new FileEntry("a", "/a", FileKind.Other, 0, ManualTime.Start, null)], false);

        var json = JsonSerializer.Serialize(listing, GalleryJson.Default.FileListing);

        Assert.Equal(
            """{"path":"/","parent":null,"entries":[{"name":"a","path":"/a","kind":"other","size":0"""
            + ""","modified":"2025-01-01T00:00:00+00:00","mime":null}],"truncated":false}""",
            json);
    }

    [Fact]
    public void A_command_tells_where_it_runs_and_how_it_answers()
    {
        var json = JsonSerializer.Serialize(
            [new CommandDescription("add", null, null, Oriel.CommandThread.UI, Stream: true)], GalleryJson.Default.IReadOnlyListCommandDescription);

        Assert.Equal("""[{"name":"add","description":null,"example":null,"thread":"ui","stream":true}]""", json);
    }

    [Fact]
    public void Arguments_that_are_missing_are_an_error() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"a":1}""", GalleryJson.Default.Operands));

    [Fact]
    public void An_array_to_reverse_may_hold_values_of_any_kind()
    {
        var arguments = JsonSerializer.Deserialize("""{"items":[1,"a",null,{"b":[]}]}""", GalleryJson.Default.ReverseArrayArguments);

        Assert.Equal(
            [JsonValueKind.Number, JsonValueKind.String, JsonValueKind.Null, JsonValueKind.Object],
            arguments!.Items.Select(item => item.ValueKind));
    }
}
