using Microsoft.Extensions.Logging;
using Oriel.Engines;
using Oriel.Protocols;
using Oriel.Security;

namespace Oriel.Tests;

/// <summary>A page can ask for what it is refused as often as it likes.</summary>
public sealed class RefusalLogTests : IDisposable
{
    private readonly RecordedLog _log = new();
    private readonly OrielApp _app;
    private readonly Window _window;

    public RefusalLogTests()
    {
        _app = new OrielAppBuilder(static () => throw new NotSupportedException()).ConfigureLogging(logging => logging.AddProvider(_log)).Build();
        _app.Origins.Add("plugin-x", static assets => assets.AddText("index.html", "plugin"));
        _window = new Window(_app, 1, new WindowOptions());
    }

    public void Dispose() => _app.Dispose();

    [Theory]
    [InlineData("oriel://plugin-x/")]
    [InlineData("https://elsewhere.example/")]
    [InlineData("about:blank")]
    public void Navigations_that_are_refused_do_not_fill_the_log(string address)
    {
        var page = new WindowPage(_app, _window, new WindowOptions());
        for (var i = 0; i < 1_000; i++)
        {
            Assert.False(page.Allows(new NavigationRequest(address, IsTopFrame: true, IsUserGesture: false)));
        }

        Assert.Equal(16, _log.Lines.Count);
    }

    [Theory]
    [InlineData("oriel://app/.oriel/body/x/1")]
    [InlineData("oriel://app/.oriel/serve/x")]
    [InlineData("oriel://app/index.html")]
    [InlineData("thumbs://x/1")]
    public void Requests_that_are_refused_do_not_fill_the_log(string address)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Origin"] = "https://evil.example" };
        for (var i = 0; i < 1_000; i++)
        {
            var responder = new Responder();
            _app.Router.Route(_window, new ProtocolRequest { Address = new Uri(address), Method = "GET", Headers = headers }, responder);
            Assert.Equal(403, responder.Status);
        }

        Assert.Equal(16, _log.Lines.Count);
    }

    [Fact]
    public void Each_origin_has_its_lines_and_there_are_so_many_origins()
    {
        var refusals = new RefusalLog();
        var logged = 0;
        for (var i = 0; i < 1_000; i++)
        {
            for (var line = 0; line < 20; line++)
            {
                logged += refusals.MayLog($"https://{i}.example") ? 1 : 0;
            }
        }

        Assert.Equal(64 * 16, logged);
        Assert.False(new RefusalLog().MayLog(new string('x', 257)));
    }

    private sealed class Responder : IProtocolResponder
    {
        public int Status { get; private set; }

        public void Respond(ProtocolResponse response) => Status = response.Status;
    }
}
