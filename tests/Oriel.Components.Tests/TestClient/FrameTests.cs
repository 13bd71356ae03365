using System.Text.Json;
using Oriel.Testing.Tree;

namespace Oriel.Components.Tests.TestClient;

/// <summary>Frames written by hand: what the page makes of them, and what it refuses.</summary>
public sealed class FrameTests
{
    private readonly LogicalTree _tree = new();
    private readonly FrameApplier _applier;

    public FrameTests() => _applier = new(_tree);

    private string Markup => _tree.Document.Body!.InnerHtml;

    [Fact]
    public void Names_strings_and_templates_are_used_again()
    {
        Apply("""0,0, 13,"shared", 14,1,"li",1,"class",null,1,"click",null,0,1,2,null, 1,0,1,"ul",0,0,0,1, 5,0,0,11,"one", 6,0, 1,1,5,0,"x",12,"two", 7""");

        Assert.Equal("""<ul><li class="shared">one</li><li class="x">two</li></ul>""", Markup);
    }

    [Fact]
    public void Moves_keep_the_elements()
    {
        Apply("""0,0, 1,0,1,"a",0,0,0,0, 1,1,1,"b",0,0,0,0, 1,2,3,"<i></i><u></u>", 1,3,1,"p",0,0,0,0""");
        var before = _tree.Document.QuerySelector("p");

        Apply("0,0, 9,1,0,3,4,-1");

        Assert.Equal("<p></p><i></i><u></u><b></b><a></a>", Markup);
        Assert.Same(before, _tree.Document.QuerySelector("p"));
    }

    [Fact]
    public void Svg_is_drawn_within_svg_only()
    {
        Apply("""0,0, 1,0,1,"svg",0,0,0,2, 1,"title",0,0,0,0, 1,"foreignObject",0,0,0,1, 1,"p",0,0,0,0""");

        Assert.EndsWith("svg", _tree.Document.QuerySelector("title")!.NamespaceUri, StringComparison.Ordinal);
        Assert.EndsWith("xhtml", _tree.Document.QuerySelector("p")!.NamespaceUri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" java\tscript:alert(1)")]
    [InlineData("VBScript:x")]
    [InlineData("data:text/html,x")]
    public void An_address_that_would_run_is_left_out(string address)
    {
        Apply($"""0,0, 1,0,1,"a",1,"href",{JsonSerializer.Serialize(address)},0,0,0""");

        Assert.Equal("<a></a>", Markup);
    }

    [Theory]
    [InlineData("1,0,2,\"x\"", "before it has said of which component")]
    [InlineData("0,7", "component 7, which the page does not know")]
    [InlineData("0,0, 2,3", "changes child 3 of 1")]
    [InlineData("0,0, 1,2,2,\"x\"", "inserts at 2 among 1")]
    [InlineData("0,0, 5,0,\"x\"", "for a text, which is a element")]
    [InlineData("0,0, 7", "goes out of a component")]
    [InlineData("0,0, 3,0,99,\"x\"", "nor in the table")]
    [InlineData("0,0, 3,0,\"title\",4", "nor in the table of 0 strings")]
    [InlineData("0,0, 1,0,5,0", "uses template 0")]
    [InlineData("0,0, 10,0,\"click\",5", "registers the handler 5")]
    [InlineData("0,0, 2,0", "leaves handlers registered")]
    [InlineData("0,0, 2,0, 12,1,6", "the handler 6, which is not registered")]
    [InlineData("12,1,5", "which its element still has")]
    [InlineData("11,1,0", "which is still shown")]
    [InlineData("0,0, 9,1,0,0,2,1", "moves child 1 to 1")]
    [InlineData("0,0, 1,0,1,\"p\",1,\"id\",\"same\",0,0,0", "the id \"same\" to 2 elements")]
    [InlineData("0,0, 99", "is no op")]
    [InlineData("0,0, 1,0", "It ends where")]
    public void A_frame_that_does_not_fit_is_refused(string ops, string reason)
    {
        Apply("""0,0, 1,0,1,"button",1,"id","same",1,"click",5,0,0""");

        var exception = Assert.Throws<FrameMisfitException>(() => Apply(ops));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    private void Apply(string ops)
    {
        if (_tree.Components.Count == 0)
        {
            _tree.AddRoot(0, _tree.Document.Body!);
        }

        _applier.Apply([.. JsonElement.Parse($"[1,0,{ops}]").EnumerateArray()], 0);
    }
}
