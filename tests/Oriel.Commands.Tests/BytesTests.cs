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
}

[Commands]
public sealed class Images
{
    [Command(ContentType = "image/png")]
    public Task<Stream> ThumbnailAsync(int size) => Task.FromResult<Stream>(new MemoryStream(new byte[size]));
}
