using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components.Forms;

namespace Oriel.Components.Tests;

public sealed class InputFileTests
{
    private const long Asked = 1L << 32;

    [Fact]
    public async Task Files_that_are_chosen_are_told_of()
    {
        await using var chooser = await ChooserAsync();

        var files = await chooser.ChooseAsync(("a.txt", 3), ("b.bin", 0));

        Assert.Equal([("a.txt", 3, "text/plain"), ("b.bin", 0, "text/plain")], files.Select(f => (f.Name, f.Size, f.ContentType)));
        Assert.Equal(DateTimeOffset.UnixEpoch, files[0].LastModified);
    }

    [Fact]
    public async Task A_file_is_read_as_the_page_sends_it()
    {
        await using var chooser = await ChooserAsync();
        var file = (await chooser.ChooseAsync(("a.txt", 200_000)))[0];
        var source = new MemoryStream([.. Enumerable.Range(0, 200_000).Select(i => (byte)i)]);

        await using var stream = file.OpenReadStream(cancellationToken: TestContext.Current.CancellationToken);
        var reading = ReadAsync(stream);
        await chooser.SendAsync(200_000, source);

        Assert.Equal(source.ToArray(), await reading.InTime());
    }

    [Fact]
    public async Task Several_files_are_read_at_once()
    {
        await using var chooser = await ChooserAsync();
        var files = await chooser.ChooseAsync(("a.txt", 3), ("b.txt", 2));

        await using var first = files[0].OpenReadStream(cancellationToken: TestContext.Current.CancellationToken);
        var one = ReadAsync(first);
        await chooser.SendAsync(3, new MemoryStream([1, 2, 3]));
        await using var second = files[1].OpenReadStream(cancellationToken: TestContext.Current.CancellationToken);
        var two = ReadAsync(second);
        await chooser.SendAsync(2, new MemoryStream([4, 5]));

        Assert.Equal([1, 2, 3], await one.InTime());
        Assert.Equal([4, 5], await two.InTime());
    }

    [Fact]
    public async Task A_file_beyond_500_KB_is_refused_unless_more_is_allowed()
    {
        await using var chooser = await ChooserAsync();
        var file = (await chooser.ChooseAsync(("a.txt", 512_001)))[0];

        Assert.Throws<IOException>(() => file.OpenReadStream(cancellationToken: TestContext.Current.CancellationToken));
        await using var stream = file.OpenReadStream(512_001, TestContext.Current.CancellationToken);
        Assert.Equal(512_001, stream.Length);
    }

    [Fact]
    public async Task A_page_that_has_more_than_it_said_is_read_no_further_than_allowed()
    {
        await using var chooser = await ChooserAsync();
        var file = (await chooser.ChooseAsync(("a.txt", 3)))[0];
        await using var stream = file.OpenReadStream(10, TestContext.Current.CancellationToken);

        var reading = ReadAsync(stream);
        await chooser.Page.AnswerAsync("Blazor._internal.InputFile.readFileData", """{"__jsObjectId":4,"__jsStreamReferenceLength":1000000}""");

        await Assert.ThrowsAnyAsync<ArgumentException>(() => reading.InTime());
    }

    [Fact]
    public async Task Reading_a_file_is_cancelled()
    {
        await using var chooser = await ChooserAsync();
        var file = (await chooser.ChooseAsync(("a.txt", 3)))[0];
        using var source = new CancellationTokenSource();
        await using var stream = file.OpenReadStream(cancellationToken: source.Token);
        var reading = ReadAsync(stream);

        await chooser.Page.CalledAsync("Blazor._internal.InputFile.readFileData");
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.InTime());
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var content = new MemoryStream();
        await stream.CopyToAsync(content).InTime();
        return content.ToArray();
    }

    private static async Task<Chooser> ChooserAsync()
    {
        var chosen = new TaskCompletionSource<IReadOnlyList<IBrowserFile>>(TaskCreationOptions.RunContinuationsAsynchronously);
        Action<IReadOnlyList<IBrowserFile>> take = chosen.SetResult;
        var page = Script.Show<Tests.Chooser>(new Dictionary<string, object?> { [nameof(Tests.Chooser.OnFiles)] = take });
        await page.SendAsync("ack");
        var init = await page.CalledAsync("Blazor._internal.InputFile.init");
        await page.AnswerAsync(init, "null");
        return new(page, (long)JsonNode.Parse((string)init[5]!)![0]!["__dotNetObject"]!, chosen.Task);
    }

    /// <summary>The page's side of an input of files.</summary>
    private sealed class Chooser(TestPage page, long owner, Task<IReadOnlyList<IBrowserFile>> chosen) : IAsyncDisposable
    {
        private int _sent;

        public TestPage Page => page;

        public async Task<IReadOnlyList<IBrowserFile>> ChooseAsync(params (string Name, long Size)[] files)
        {
            var infos = new JsonArray([.. files.Select((file, index) => new JsonObject
            {
                ["id"] = index + 1,
                ["name"] = file.Name,
                ["size"] = file.Size,
                ["contentType"] = "text/plain",
                ["lastModified"] = "1970-01-01T00:00:00.000Z",
            })]);
            await page.SendAsync("call", 1, null, "NotifyChange", owner, new JsonArray(infos).ToJsonString());
            return await chosen.InTime();
        }

        /// <summary>Sends the file that C# asks for.</summary>
        public async Task SendAsync(long length, Stream content)
        {
            _sent++;
            var info = new JsonObject { ["__jsObjectId"] = _sent, ["__jsStreamReferenceLength"] = length };
            await page.AnswerAsync(await page.CalledAsync("Blazor._internal.InputFile.readFileData", _sent), info.ToJsonString());
            await page.AnswerAsync(await page.CalledAsync("Blazor._internal.sendJSDataStream", _sent), "null");
            await page.Uploads().ReceiveAsync(Asked + _sent - 1, content, CancellationToken.None).InTime();
        }

        public ValueTask DisposeAsync() => page.DisposeAsync();
    }
}
