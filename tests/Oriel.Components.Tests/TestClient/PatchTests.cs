using Oriel.Testing;

namespace Oriel.Components.Tests.TestClient;

/// <summary>Whatever changes, the page shows what it would if it were shown for the first time.</summary>
public sealed class PatchTests
{
    private const int ChangesOfEach = 8;

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_tree_that_was_changed_is_what_it_would_be_if_it_were_new(int seed)
    {
        var random = new RandomShapes(seed);
        var holder = new ShapeHolder(random.Tree());
        await using var page = await ComponentPage.RenderAsync<ShapePage>(parameters => parameters.Set(p => p.Holder, holder));

        for (var change = 0; change < ChangesOfEach; change++)
        {
            holder.Shape = random.Change(holder.Shape);
            await page.InvokeAsync(holder.Render);

            await using var anew = await ComponentPage.RenderAsync<ShapePage>(parameters => parameters.Set(p => p.Holder, new ShapeHolder(holder.Shape)));
            Assert.Equal(anew.Markup, page.Markup);
            Assert.Equal(anew.FindAll("input").Select(input => input.Value), page.FindAll("input").Select(input => input.Value));
        }
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];
}
