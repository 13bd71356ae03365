namespace Gallery.EndToEnd;

public sealed class AppearanceTests(GalleryHost host)
{
    public static TheoryData<string, Theme> Pages()
    {
        var data = new TheoryData<string, Theme>();
        foreach (var page in GalleryOptions.Pages)
        {
            data.Add(page, Theme.Light);
            data.Add(page, Theme.Dark);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_painted_in_the_theme_that_was_asked_for(string page, Theme theme)
    {
        await using var window = await host.OpenAsync(new GalleryOptions { Page = page, Theme = theme });

        var picture = await window.SnapshotAsync();

        Assert.True(picture.CountColors() > 50, $"The picture has {picture.CountColors()} colours.");
        Assert.Equal(theme == Theme.Dark ? 0x16181C : 0xF3F4F7, picture[picture.Width - 4, picture.Height - 4]);
    }

    [Fact]
    public async Task The_next_window_has_the_background_of_the_last_theme()
    {
        await using (await host.OpenAsync(new GalleryOptions { Page = "events", Theme = Theme.Dark }))
        {
            var memory = new ThemeMemory(Path.Join(host.Folder, "theme"));

            Assert.True(SpinWait.SpinUntil(() => memory.Last == Theme.Dark, GalleryWindow.Patience));
        }
    }
}
