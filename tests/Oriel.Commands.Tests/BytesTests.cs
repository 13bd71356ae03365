using System.Buffers;
using Oriel.Ipc;

namespace Oriel.Commands.Tests;

/// <summary>Bytes through generated code.</summary>
public sealed class BytesTests
{
    [Fact]
    public async Task Bytes_that_are_no_bytes_are_refused_at_their_path()
    {
        await using var host = await Host.StartAsync(static app =>
        {
            app.Commands.Map("length", (byte[] bytes) => bytes.Length);
            app.Commands.Map("drain", async (Stream body, string name) =>
            {
                await body.CopyToAsync(Stream.Null);
                return name;
            });
        });

        Assert.Equal("$.bytes", (await host.RefusedAsync("length", """{"bytes":"AAAA"}""")).Path);
        Assert.Equal("$.body", (await host.RefusedAsync("drain", """{"body":[1,2],"name":"x"}""")).Path);
        Assert.Equal("$.name", (await host.RefusedAsync("drain", """{"name":1}""")).Path);
    }

    [Fact]
    public async Task Bytes_of_the_page_arrive_in_the_method()
    {
        await using var host = await Host.StartAsync(static app =>
        {
            app.Commands.Map("sum", (byte[] bytes, int extra) => bytes.Sum(static each => each) + extra);
            app.Commands.Map("drain", async (Stream body) =>
            {
                var copy = new MemoryStream();
                await body.CopyToAsync(copy);
                return copy.Length;
            });
        });

        Assert.Equal("7", await host.CallAsync("sum", $$"""{"bytes":{{host.Page.AddBody(new byte[] { 1, 2, 3 })}},"extra":1}"""));
        Assert.Equal("9000000", await host.CallAsync("drain", $$"""{"body":{{host.Page.AddBody(new MemoryStream(new byte[9_000_000]))}}}"""));
    }

    [Fact]
    public async Task Bytes_are_answered_by_a_reference()
    {
        await using var host = await Host.StartAsync(static app =>
        {
            app.Commands.Map("bytes", () => new byte[] { 1, 2, 3 });
            app.Commands.Map(new Images());
        });

        Assert.Equal([1, 2, 3], await host.Page.ReadBodyAsync(await host.CallAsync("bytes")));
        Assert.Contains("image/png", await host.CallAsync("images.thumbnail", """{"size":3}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_of_values_in_front_of_bytes_is_still_the_method_s_when_the_bytes_have_come()
    {
        var reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await Host.StartAsync(app => app.Commands.Map("both", async (IAsyncEnumerable<int> values, byte[] bytes) =>
        {
            await using var enumerator = values.GetAsyncEnumerator();
            var first = enumerator.MoveNextAsync();
            reading.SetResult();
            return await first ? enumerator.Current + bytes.Length : -1;
        }));

        var answer = host.CallAsync("both", $$"""{"values":{"$stream":"s"},"bytes":{{host.Page.AddBody(new byte[] { 1, 2, 3 })}}}""");
        await reading.Task.InTime();
        await host.Page.PostAsync("""{"type":"next","id":"s","data":40}""" + "\n").InTime();

        Assert.Equal("43", await answer);
    }

    [Fact]
    public async Task A_stream_of_values_that_stands_twice_in_front_of_bytes_is_refused()
    {
        await using var host = await Host.StartAsync(static app => app.Commands.Map("three", (IAsyncEnumerable<int> values, IAsyncEnumerable<int> same, byte[] bytes) => bytes.Length));

        var exception = await Assert.ThrowsAsync<IpcException>(() => host.CallAsync("three", $$"""{"values":{"$stream":"s"},"same":{"$stream":"s"},"bytes":{{host.Page.AddBody(new byte[1])}}}"""));

        Assert.Equal(IpcErrorCode.InvalidParams, exception.Code);
    }

    [Theory]
    [InlineData("arrays")]
    [InlineData("streams")]
    [InlineData("streamAndArray")]
    [InlineData("arrayAndStream")]
    public async Task The_same_bytes_twice_in_the_arguments_are_refused(string command)
    {
        await using var host = await Host.StartAsync(static app =>
        {
            app.Commands.Map("arrays", (byte[] a, byte[] b) => a.Length + b.Length);
            app.Commands.Map("streams", (Stream a, Stream b) => a == b);
            app.Commands.Map("streamAndArray", (Stream a, byte[] b) => b.Length);
            app.Commands.Map("arrayAndStream", (byte[] a, Stream b) => a.Length);
        });
        var body = host.Page.AddBody(new byte[] { 1, 2, 3 });

        Assert.Equal("$.b", (await host.RefusedAsync(command, $$"""{"a":{{body}},"b":{{body}}}""")).Path);
    }

    [Fact]
    public async Task Items_with_bytes_wait_until_the_page_has_fetched_those_before()
    {
        await using var host = await Host.StartAsync(
            static app =>
            {
                app.Commands.Map("frames", () => Frames());
                app.Commands.Map("pictures", () => Pictures());
                app.Commands.MapRaw("sent", static async context =>
                {
                    for (var i = 0; i < 50; i++)
                    {
                        await context.SendBytesAsync(new byte[40_000]);
                    }
                });
            },
            limits: new IpcLimits { MaxBodyBytes = 100_000 });

        foreach (var name in new[] { "frames", "pictures", "sent" })
        {
            var lengths = new List<int>();
            await foreach (var item in host.Page.StreamAsync(name))
            {
                lengths.Add((await host.Page.ReadBodyAsync(item.StartsWith("""{"pixels":""", StringComparison.Ordinal) ? item["""{"pixels":""".Length..^1] : item).InTime()).Length);
            }

            Assert.Equal(Enumerable.Repeat(40_000, 50), lengths);
        }
    }

    [Fact]
    public async Task What_an_answer_parked_is_dropped_when_the_answer_cannot_be_sent()
    {
        var stream = new EndedStream();
        await using var host = await Host.StartAsync(app => app.Commands.MapRaw("broken", context =>
        {
            context.WriteResult(stream);
            context.Result.Write("\n"u8);
            return ValueTask.CompletedTask;
        }));

        var exception = await Assert.ThrowsAsync<IpcException>(() => host.CallAsync("broken"));

        Assert.Equal(IpcErrorCode.InternalError, exception.Code);
        await stream.Ended.InTime();
    }

    [Fact]
    public async Task A_stream_with_a_media_type_that_is_none_is_disposed()
    {
        var stream = new EndedStream();
        await using var host = await Host.StartAsync(app => app.Commands.MapRaw("typed", context =>
        {
            context.WriteResult(stream, "a/b\n");
            return ValueTask.CompletedTask;
        }));

        await Assert.ThrowsAsync<IpcException>(() => host.CallAsync("typed"));

        await stream.Ended.InTime();
    }

    [Fact]
    public async Task A_command_that_reads_its_arguments_at_once_is_told_how_to_wait_for_bytes()
    {
        await using var host = await Host.StartAsync(static app => app.Commands.MapRaw("hand", static context =>
        {
            context.ReadArguments(context.App.Json.Get<byte[]>());
            return ValueTask.CompletedTask;
        }));

        var exception = await Assert.ThrowsAsync<IpcException>(() => host.CallAsync("hand", host.Page.AddBody(new byte[1])));

        Assert.Contains("ReadArgumentsAsync", exception.Message, StringComparison.Ordinal);
    }

    private static async IAsyncEnumerable<byte[]> Frames()
    {
        for (var i = 0; i < 50; i++)
        {
            await Task.Yield();
            yield return new byte[40_000];
        }
    }

    private static async IAsyncEnumerable<Picture> Pictures()
    {
        await foreach (var frame in Frames())
        {
            yield return new Picture(frame);
        }
    }

    private sealed class EndedStream : MemoryStream
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ended => _ended.Task;

        protected override void Dispose(bool disposing)
        {
            _ended.TrySetResult();
            base.Dispose(disposing);
        }
    }
}

public sealed record Picture(byte[] Pixels);

[Commands]
public sealed class Images
{
    [Command(ContentType = "image/png")]
    public Task<Stream> ThumbnailAsync(int size) => Task.FromResult<Stream>(new MemoryStream(new byte[size]));
}
