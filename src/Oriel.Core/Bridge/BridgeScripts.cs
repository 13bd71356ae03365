namespace Oriel;

/// <summary>The scripts that are injected into the app's pages, built from js/client.</summary>
internal static class BridgeScripts
{
    /// <summary>The script of the isolated world.</summary>
    public static string Isolated { get; } = Load("oriel/isolated.js");

    /// <summary>The script of the page's world: <c>window.oriel</c>.</summary>
    public static string Client { get; } = Load("oriel/client.js");

    private static string Load(string name)
    {
        using var stream = typeof(BridgeScripts).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing from Oriel.Core.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
