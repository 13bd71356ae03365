using System.Text.Json;
using Gallery.Bridge;
using Gallery.Files;
using Gallery.Monitor;
using Gallery.Tour;

namespace Oriel.Gallery.Tests;

public sealed class JsonTests
{
    private readonly JsonTypes _json = new();

    [Fact]
    public void A_sample_has_the_names_that_the_page_reads()
    {
        var sample = new SystemSample(
            1,
            new CpuSample(0.5, [0.5]),
            new MemorySample(6, 5, 4, 3, 2, 1),
            [new DiskSample("/", "/dev/sda", 2, 1, 0, 0)],
            [new NetworkSample("lo", 0, 0, 2, 1)],
            [0.1, 0.2, 0.3],
            9);

        var json = JsonSerializer.Serialize(sample, _json.Get<SystemSample>());

        Assert.Equal(
            """{"time":1,"cpu":{"total":0.5,"cores":[0.5]}"""
            + ""","memory":{"total":6,"used":5,"available":4,"cached":3,"swapTotal":2,"swapUsed":1}"""
            + ""","disks":[{"mount":"/","device":"/dev/sda","total":2,"used":1,"readRate":0,"writeRate":0}]"""
            + ""","network":[{"name":"lo","receiveRate":0,"sendRate":0,"received":2,"sent":1}],"load":[0.1,0.2,0.3],"uptime":9}""",
            json);
    }

    [Fact]
    public void A_list_of_processes_has_the_names_that_the_page_reads()
    {
        var list = new ProcessList(1, [new ProcessSample(2, 1, "sh", "ada", ProcessState.Sleeping, 0.25, 4096, 1, "sh -c")]);

        var json = JsonSerializer.Serialize(list, _json.Get<ProcessList>());

        Assert.Equal(
            """{"time":1,"processes":[{"pid":2,"ppid":1"""
            + ""","name":"sh","user":"ada","state":"sleeping","cpu":0.25,"memory":4096,"threads":1,"command":"sh -c"}]}""",
            json);
    }

    [Fact]
    public void A_listing_has_the_names_that_the_page_reads()
    {
        var listing = new FileListing("/", null, [new FileEntry("a", "/a", FileKind.Other, 0, ManualTime.Start, null)], false);

        var json = JsonSerializer.Serialize(listing, _json.Get<FileListing>());

        Assert.Equal(
            """{"path":"/","parent":null,"entries":[{"name":"a","path":"/a","kind":"other","size":0"""
            + ""","modified":"2025-01-01T00:00:00+00:00","mime":null}],"truncated":false}""",
            json);
    }

    [Fact]
    public void A_command_tells_where_it_runs_and_how_it_answers()
    {
        var json = JsonSerializer.Serialize(new CommandDescription("add", null, null, CommandThread.UI, Stream: true), _json.Get<CommandDescription>());

        Assert.Equal("""{"name":"add","description":null,"example":null,"thread":"ui","stream":true}""", json);
    }

    [Theory]
    [InlineData(99)]
    [InlineData(5001)]
    public void An_interval_beyond_its_bounds_is_refused(int milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => JsonSerializer.Deserialize($$"""{"milliseconds":{{milliseconds}}}""", _json.Get<MonitorInterval>()));

    [Fact]
    public void A_board_with_too_long_a_text_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Board(new string('x', Board.MaximumText + 1), BoardColor.Blue, []));

    [Fact]
    public void A_board_keeps_a_bounded_number_of_attempts()
    {
        var attempt = new Attempt("guest", false, "", 0);

        Assert.Throws<ArgumentOutOfRangeException>(() => new Board("", BoardColor.Blue, [.. Enumerable.Repeat(attempt, Board.MaximumAttempts + 1)]));
    }
}
