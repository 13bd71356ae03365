using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Oriel.Testing;

namespace Oriel.Components.Tests.TestClient;

/// <summary>Arrays and streams pass between a component and the JavaScript that a test plays.</summary>
public sealed class ScriptBytesTests
{
    [JSInvokable("tests.joined")]
    public static byte[] Join(byte[] first, byte[] second) => [.. first, .. second];

    [JSInvokable("tests.read")]
    public static async Task<string> ReadAsync(IJSStreamReference reference)
    {
        await using var stream = await reference.OpenReadStreamAsync();
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    [Fact]
    public async Task A_function_takes_and_returns_bytes()
    {
        await using var page = await PageAsync();
        page.JS.Setup("reverse", call => call.Get<byte[]>(1)!.Reverse().ToArray());

        var result = await Runtime(page).InvokeAsync<byte[]>("reverse", new byte[] { 9 }, new byte[] { 1, 2, 3 });

        Assert.Equal([3, 2, 1], result);
    }

    [Fact]
    public async Task A_function_returns_what_CSharp_reads_as_a_stream()
    {
        await using var page = await PageAsync();
        page.JS.Setup("give", _ => new byte[] { 1, 2, 3 });

        await using var reference = await Runtime(page).InvokeAsync<IJSStreamReference>("give");
        await using var stream = await reference.OpenReadStreamAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);

        Assert.Equal([1, 2, 3], copy.ToArray());
    }

    [Fact]
    public async Task A_stream_that_breaks_off_is_an_error_where_it_is_read()
    {
        await using var page = await PageAsync();
        page.JS.Setup("give", _ => new Broken());

        await using var reference = await Runtime(page).InvokeAsync<IJSStreamReference>("give");
        await using var stream = await reference.OpenReadStreamAsync(cancellationToken: TestContext.Current.CancellationToken);

        await Assert.ThrowsAnyAsync<IOException>(() => stream.ReadExactlyAsync(new byte[5], TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task What_is_no_stream_is_not_read_as_one()
    {
        await using var page = await PageAsync();
        page.JS.Setup("give", _ => "text");

        var exception = await Assert.ThrowsAsync<JSException>(() => Runtime(page).InvokeAsync<IJSStreamReference>("give").AsTask());

        Assert.Contains("return a byte[]", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_reads_a_stream_of_CSharp()
    {
        await using var page = await PageAsync();
        page.JS.Setup("take");

        using var reference = new DotNetStreamReference(new MemoryStream([5, 6]));
        await Runtime(page).InvokeVoidAsync("take", reference);
        page.Find("p");
        using var content = page.JS.Calls.Single(call => call.Name == "take").Get<Stream>(0)!;

        Assert.Equal([5, 6], [content.ReadByte(), content.ReadByte()]);
        Assert.Equal(-1, content.ReadByte());
    }

    [Fact]
    public async Task A_script_calls_CSharp_with_bytes_and_streams()
    {
        await using var page = await PageAsync();
        var assembly = typeof(ScriptBytesTests).Assembly.GetName().Name!;

        var text = await page.JS.InvokeAsync(assembly, "tests.read", new MemoryStream("read"u8.ToArray()));
        await page.JS.InvokeAsync(assembly, "tests.joined", new byte[] { 1 }, new byte[] { 2 });

        Assert.Equal("read", text!.Value.GetString());
    }

    [Fact]
    public async Task An_array_that_is_too_large_is_refused_as_a_page_hears_it()
    {
        await using var page = await PageAsync();
        page.JS.Setup("give", _ => new byte[25 * 1024 * 1024]);

        var exception = await Assert.ThrowsAsync<JSException>(() => Runtime(page).InvokeAsync<byte[]>("give").AsTask());

        Assert.Contains("MaxMessageBytes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_refused_and_the_text_stays()
    {
        var seen = "";
        await using var page = await ComponentPage.RenderFragmentAsync(builder =>
        {
            builder.OpenElement(0, "input");
            builder.AddAttribute(1, "oninput", EventCallback.Factory.Create<ChangeEventArgs>(this, args => seen = (string)args.Value!));
            builder.CloseElement();
        }, Limit);
        var small = new string('a', 10 * 1024 * 1024);
        var large = new string('b', 17 * 1024 * 1024);

        page.Find("input").Change(small);
        page.Find("input").Change(large);

        Assert.Equal(small.Length, seen.Length);
        Assert.Equal(large.Length, page.Find("input").Value!.Length);
        Assert.Single(page.Complaints);
    }

    private static void Limit(IServiceCollection services) =>
        services.AddOrielComponents(static options => options.Limits = new() { MaxMessageBytes = 24 * 1024 * 1024 });

    private static IJSRuntime Runtime(ComponentPage page) => page.Services.GetRequiredService<IJSRuntime>();

    private static Task<ComponentPage> PageAsync() => ComponentPage.RenderFragmentAsync(static builder => builder.AddMarkupContent(0, "<p></p>"), Limit);

    private sealed class Broken : MemoryStream
    {
        public override long Length => 5;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("The disk is gone.");
    }
}
