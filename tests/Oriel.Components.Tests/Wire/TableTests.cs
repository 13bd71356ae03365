using System.Text;
using Oriel.Components.Wire;

namespace Oriel.Components.Tests;

public sealed class TableTests
{
    [Fact]
    public void A_name_goes_as_text_once() =>
        Assert.Equal("""["div","p",0,1]""", Written(writer =>
        {
            var names = new NameTable();
            foreach (var name in (string[])["div", "p", "div", "p"])
            {
                names.Write(writer, name);
            }
        }));

    [Fact]
    public void A_string_is_defined_when_it_comes_the_second_time() =>
        Assert.Equal("""["button",13,"button",0,0]""", Written(writer => Write(writer, new(), "button", "button", "button")));

    [Fact]
    public void What_is_short_or_long_goes_as_it_is()
    {
        var @long = new string('x', StringTable.MaxLength + 1);

        var text = Written(writer => Write(writer, new(), "abc", "abc", @long, @long));

        Assert.Equal($"""["abc","abc","{@long}","{@long}"]""", text);
    }

    [Fact]
    public void There_are_as_many_strings_as_there_may_be()
    {
        var text = Written(writer => Write(writer, new(), [.. Enumerable.Range(0, 5_000).SelectMany(i => (string[])[$"text{i}", $"text{i}"])]));

        Assert.Contains("""13,"text4095",4095,"text4096","text4096",""", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_two_subtrees_have_in_common_is_in_the_template_until_one_differs()
    {
        var templates = new TemplateTable();

        Assert.Null(templates.Choose("shape", Slots("a", "x"), out _));
        var first = templates.Choose("shape", Slots("a", "y"), out var isNew);
        Assert.True(isNew);
        Assert.False(first!.IsHole(0));
        Assert.True(first.IsHole(1));

        Assert.Same(first, templates.Choose("shape", Slots("a", "z"), out isNew));
        Assert.False(isNew);

        var second = templates.Choose("shape", Slots("b", "z"), out isNew);
        Assert.True(isNew);
        Assert.True(second!.IsHole(0));
    }

    [Fact]
    public void There_are_as_many_templates_as_there_may_be_and_shapes_seen_once_do_not_stay()
    {
        var templates = new TemplateTable();
        for (var i = 0; i < 10_000; i++)
        {
            templates.Choose($"once{i}", Slots("a"), out _);
        }

        var made = 0;
        for (var i = 0; i < 600; i++)
        {
            templates.Choose($"shape{i}", Slots("a"), out _);
            made += templates.Choose($"shape{i}", Slots("a"), out var isNew) is not null && isNew ? 1 : 0;
        }

        Assert.Equal(256, made);
    }

    [Theory]
    [InlineData("0>3 1>2 2>1 3>0", "9,1,0,3,4,-1")]
    [InlineData("0>2 2>0", "9,1,0,2,3,-1")]
    [InlineData("2>0 0>1 1>2", "9,2,0,1,2,1,2,0,1,1")]
    [InlineData("0>5 5>0", "9,2,0,5,1,1,5,0,1,1")]
    public void Moves_are_written_as_runs(string moves, string ops)
    {
        var permutation = new Components.Rendering.Permutation();
        foreach (var move in moves.Split(' '))
        {
            var places = move.Split('>').Select(p => int.Parse(p, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            permutation.Add(places[0], places[1]);
        }

        Assert.Equal($"[{ops}]", Written(permutation.Write));
    }

    private static TemplateSlot[] Slots(params string[] texts) => [.. texts.Select(t => new TemplateSlot(SlotKind.Text, t))];

    private static void Write(FrameWriter writer, StringTable strings, params string[] texts)
    {
        foreach (var text in texts)
        {
            strings.Prepare(writer, text);
            strings.Write(writer, text);
        }
    }

    private static string Written(Action<FrameWriter> write)
    {
        using var writer = new FrameWriter();
        writer.Begin();
        write(writer);
        writer.End();
        return string.Concat("[", Encoding.UTF8.GetString(writer.Take(1, 2)).AsSpan("[1,2,".Length));
    }
}
