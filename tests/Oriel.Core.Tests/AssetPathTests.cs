using System.Text;
using Oriel.Assets;

namespace Oriel.Tests;

public sealed class AssetPathTests
{
    [Theory]
    [InlineData("/", "")]
    [InlineData("/index.html", "index.html")]
    [InlineData("/a/b/c.css", "a/b/c.css")]
    [InlineData("/a%20b.txt", "a b.txt")]
    [InlineData("/%E2%82%AC.txt", "€.txt")]
    [InlineData("/€.txt", "€.txt")]
    [InlineData("/a%2Fb", "a/b")]
    [InlineData("/a..b/c.", null)]
    [InlineData("/a..b/c", "a..b/c")]
    [InlineData("/a%26b%3Fc%23d", "a&b?c#d")]
    [InlineData("/a+b", "a+b")]
    public void A_path_is_decoded_once(string encoded, string? path) => Assert.Equal(path, AssetPath.Parse(encoded));

    [Theory]
    [InlineData("")]
    [InlineData("index.html")]
    [InlineData("//")]
    [InlineData("//etc/passwd")]
    [InlineData("/a//b")]
    [InlineData("/a/")]
    [InlineData("/%2Fetc/passwd")]
    [InlineData("/.")]
    [InlineData("/..")]
    [InlineData("/../etc/passwd")]
    [InlineData("/a/../../b")]
    [InlineData("/a/./b")]
    [InlineData("/%2e%2e/b")]
    [InlineData("/%2e%2e%2fb")]
    [InlineData("/a%2f%2e%2e%2f%2e%2e%2fb")]
    [InlineData("/.%2e/b")]
    [InlineData("/%252e%252e%252fb")]
    [InlineData("/%252e")]
    [InlineData("/100%25")]
    [InlineData("/a\\b")]
    [InlineData("/..\\b")]
    [InlineData("/%5c..%5cb")]
    [InlineData("/a%00.html")]
    [InlineData("/a\0.html")]
    [InlineData("/a%0ab")]
    [InlineData("/a%7f")]
    [InlineData("/C:/windows")]
    [InlineData("/c%3a/windows")]
    [InlineData("/index.html::$DATA")]
    [InlineData("/index.html.")]
    [InlineData("/index.html ")]
    [InlineData("/index.html%20")]
    [InlineData("/index.html%2e")]
    [InlineData("/a./b")]
    [InlineData("/a%20/b")]
    [InlineData("/.git/config")]
    [InlineData("/a/.env")]
    [InlineData("/%2eenv")]
    [InlineData("/.oriel/down/x")]
    [InlineData("/%c0%ae%c0%ae/b")]
    [InlineData("/%ff")]
    [InlineData("/%ed%a0%80")]
    [InlineData("/%c3")]
    [InlineData("/%")]
    [InlineData("/%2")]
    [InlineData("/%2g")]
    [InlineData("/%%32%65")]
    [InlineData("/%u002e")]
    [InlineData("/%-1")]
    [InlineData("/% 2")]
    public void An_attack_has_no_path(string encoded) => Assert.Null(AssetPath.Parse(encoded));

    [Fact]
    public void A_path_is_bounded()
    {
        Assert.NotNull(AssetPath.Parse("/" + new string('a', 2_047)));
        Assert.Null(AssetPath.Parse("/" + new string('a', 2_048)));
    }

    [Fact]
    public void A_character_outside_of_the_BMP_is_one_character() => Assert.Equal("😀.txt", AssetPath.Parse("/😀.txt"));

    // Whatever it is made of, what is accepted stays below its folder and is a plain name on every platform.
    [Fact]
    public void No_mutation_leaves_the_folder()
    {
        string[] pieces = ["..", ".", "/", "\\", "%2e", "%2E", "%2f", "%5c", "%25", "%00", "a", "b.html", "%", " ", "%20", ":", "%c0%ae", "é", "\0", "~", "//"];
        var random = new Random(4);
        var accepted = 0;
        for (var round = 0; round < 200_000; round++)
        {
            var encoded = new StringBuilder("/");
            for (var count = random.Next(1, 7); count > 0; count--)
            {
                encoded.Append(pieces[random.Next(pieces.Length)]);
            }

            if (AssetPath.Parse(encoded.ToString()) is not { } path)
            {
                continue;
            }

            accepted++;
            Assert.StartsWith("/root/", Path.GetFullPath(Path.Combine("/root", path)) + "/", StringComparison.Ordinal);
            Assert.DoesNotContain(path.Split('/'), static segment => segment is "." or "..");
            Assert.DoesNotContain(path, static c => c is '\\' or ':' or '\0' or '%');
        }

        Assert.True(accepted > 1_000);
    }
}
