namespace Oriel.Radzen.EndToEnd.Windows;

public sealed class RadzenWindowTests(RadzenWindow window) : RadzenTests(window), IClassFixture<RadzenWindow>;
