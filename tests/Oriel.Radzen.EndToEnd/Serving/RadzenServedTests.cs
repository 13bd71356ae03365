namespace Oriel.Radzen.EndToEnd.Serving;

public sealed class RadzenServedTests(RadzenBrowser browser) : RadzenTests(browser), IClassFixture<RadzenBrowser>;
