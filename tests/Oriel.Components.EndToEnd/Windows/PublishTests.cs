namespace Oriel.Components.EndToEnd;

/// <summary>A program that was published.</summary>
[Trait("Weight", "heavy")]
public sealed class PublishTests
{
    [Fact]
    public async Task A_published_program_shows_its_window_with_its_isolated_styles()
    {
        await using var sample = new SampleCopy();
        var publish = sample.Start("dotnet", "publish", "-c", "Debug", "-o", sample.PathOf("published"), "-v", "quiet");
        using (var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken))
        {
            limit.CancelAfter(TimeSpan.FromMinutes(5));
            await publish.WaitForExitAsync(limit.Token);
        }

        Assert.Equal(0, publish.ExitCode);
        Assert.True(File.Exists(sample.PathOf("published/wwwroot/Counter.styles.css")));
        Directory.Delete(sample.PathOf("bin"), recursive: true);
        Directory.Delete(sample.PathOf("obj"), recursive: true);

        var program = sample.Start(sample.PathOf("published/Counter"));
        await sample.TitleAsync(program, "Counted 0 at /");
        await SampleCopy.ClickAsync("Counted 0 at /");

        await sample.TitleAsync(program, "Counted 1 at /place/1");
    }
}
