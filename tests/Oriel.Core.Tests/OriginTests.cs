using Oriel.Security;

namespace Oriel.Tests;

public sealed class OriginTests
{
    [Theory]
    [InlineData("oriel://app", "oriel://app")]
    [InlineData("oriel://app/", "oriel://app")]
    [InlineData("oriel://app/index.html?a#b", "oriel://app")]
    [InlineData("ORIEL://APP/", "oriel://app")]
    [InlineData("oriel://app:80/", "oriel://app:80")]
    [InlineData("http://example.org", "http://example.org")]
    [InlineData("HTTP://Example.ORG/", "http://example.org")]
    [InlineData("http://example.org:80/", "http://example.org")]
    [InlineData("https://example.org:443/", "https://example.org")]
    [InlineData("http://example.org:443/", "http://example.org:443")]
    [InlineData("http://example.org:8080/", "http://example.org:8080")]
    [InlineData("http://user:word@example.org/", "http://example.org")]
    [InlineData("http://oriel:app@evil.example/", "http://evil.example")]
    [InlineData("oriel://app@evil/", "oriel://evil")]
    [InlineData("oriel://app:x@evil/", "oriel://evil")]
    [InlineData("http://app.evil.example/", "http://app.evil.example")]
    [InlineData("oriel://app.evil/", "oriel://app.evil")]
    [InlineData("oriel://apple/", "oriel://apple")]
    [InlineData("http://example.org./", "http://example.org.")]
    [InlineData("http://[::1]/", "http://[::1]")]
    [InlineData("http://[::1]:8080/", "http://[::1]:8080")]
    [InlineData("http://[0:0:0:0:0:0:0:1]/", "http://[::1]")]
    [InlineData("http://127.0.0.1/", "http://127.0.0.1")]
    [InlineData("http://bücher.example/", "http://xn--bcher-kva.example")]
    [InlineData("http://xn--bcher-kva.example/", "http://xn--bcher-kva.example")]
    [InlineData("ws://example.org/", "ws://example.org")]
    public void An_origin_is_scheme_host_and_port(string address, string origin) => Assert.Equal(origin, Origin.Of(address));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("index.html")]
    [InlineData("/index.html")]
    [InlineData("about:blank")]
    [InlineData("about:srcdoc")]
    [InlineData("data:text/html,<p>")]
    [InlineData("blob:oriel://app/1234")]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("mailto:app@oriel")]
    [InlineData("urn:oriel:app")]
    [InlineData("oriel:app")]
    [InlineData("oriel:/app")]
    [InlineData("oriel:///app")]
    [InlineData("http://")]
    [InlineData("http://:80/")]
    [InlineData("http://a b/")]
    [InlineData("http://example.org\\@oriel/")]
    [InlineData("\\\\h")]
    [InlineData(" oriel://app/")]
    [InlineData("http://example.org:99999/")]
    public void What_is_opaque_has_no_origin(string address) => Assert.Null(Origin.Of(address));

    [Theory]
    [InlineData("oriel://app\\@evil/")]
    [InlineData("oriel://app\\.evil/")]
    [InlineData("oriel://app%00/")]
    [InlineData("oriel://app%2eevil/")]
    [InlineData("oriel://app#@evil/")]
    [InlineData("oriel://app?@evil/")]
    [InlineData("oriel:\\\\app/")]
    [InlineData(" oriel://evil/")]
    public void An_address_that_is_made_to_be_misread_is_the_app_only_where_a_browser_reads_it_so(string address)
    {
        // A browser ends the host of an address of this scheme at "/", "?" or "#", and nowhere else (WHATWG URL, 4.4).
        var isApp = address.StartsWith("oriel://app#", StringComparison.Ordinal) || address.StartsWith("oriel://app?", StringComparison.Ordinal);

        Assert.Equal(isApp, Origin.Of(address) == BridgeAddress.Origin);
    }

    [Theory]
    [InlineData("tick")]
    [InlineData("app.resize")]
    [InlineData("Load")]
    [InlineData("ö")]
    [InlineData("on")]
    [InlineData("__proto__")]
    public void A_name_of_ones_own_is_an_event(string name) => EventName.Check(name);

    [Theory]
    [InlineData("load")]
    [InlineData("resize")]
    [InlineData("message")]
    [InlineData("webkitanimationend")]
    [InlineData("oriel:")]
    [InlineData("oriel:down")]
    [InlineData("")]
    public void A_name_of_the_platform_or_the_bridge_is_refused(string name) => Assert.Throws<ArgumentException>(() => EventName.Check(name));

    [Fact]
    public void The_name_of_an_event_is_bounded_in_bytes()
    {
        EventName.Check(new string('é', 128));

        Assert.Throws<ArgumentException>(() => EventName.Check(new string('é', 129)));
        Assert.Throws<ArgumentNullException>(() => EventName.Check(null!));
    }

    [Fact]
    public void The_default_policy_allows_the_apps_own_schemes_and_no_script_from_elsewhere()
    {
        var policy = ContentSecurityPolicy.Default(["thumbs", "files"]);

        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("img-src 'self' data: blob: thumbs: files:;", policy, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self' thumbs: files:;", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
        Assert.DoesNotContain(ContentSecurityPolicy.Default([]), static c => c is '\r' or '\n');
    }
}
