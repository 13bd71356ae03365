using Oriel.Ipc;
using Plugins;

namespace Oriel.Processes.Tests;

/// <summary>The plug-ins of samples/Plugins.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task The_plug_in_in_csharp_counts()
    {
        await using var app = await BackendApp.StartAsync(static app => app.Plugins.Add(new TextPlugin()));

        Assert.Equal("""{"words":3,"lines":2}""", await app.CallAsync("plugin:text|count", """{"text":"one two\nthree"}"""));
        Assert.Equal("""{"words":0,"lines":0}""", await app.CallAsync("plugin:text|count", """{"text":""}"""));
    }

    [Fact]
    public async Task The_plug_in_in_Python_describes_and_streams_and_says_what_is_wrong()
    {
        await using var app = await BackendApp.StartAsync(static app => app.Plugins.Add(StatisticsPlugin.Create()));
        var sums = new List<string>();
        await foreach (var sum in app.Page.StreamAsync("plugin:statistics|running", """{"numbers":[1,2,6]}"""))
        {
            sums.Add(sum);
        }

        var described = await app.CallAsync("plugin:statistics|describe", """{"numbers":[1,2,6]}""");
        var refusal = await Assert.ThrowsAsync<IpcException>(() => app.CallAsync("plugin:statistics|describe", """{"numbers":[]}"""));

        Assert.Equal(["1.0", "3.0", "9.0"], sums);
        Assert.Equal("""{"mean":3,"median":2}""", described.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(IpcErrorCode.InvalidParams, refusal.Code);
        Assert.Equal("There are no numbers to describe.", refusal.Message);
        await Soon.UntilAsync(() => app.Log.Lines.Any(static line => line.Text == "statistics: Ready to describe numbers."));
    }
}
