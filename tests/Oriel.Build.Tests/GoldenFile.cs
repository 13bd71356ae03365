namespace Oriel.Build.Tests;

/// <summary>A text that is kept beside its test. ORIEL_UPDATE_GOLDEN=1 writes it anew; the change is read before it is checked in.</summary>
internal static class GoldenFile
{
    private static readonly bool IsUpdate = Environment.GetEnvironmentVariable("ORIEL_UPDATE_GOLDEN") == "1";

    public static void Verify(string path, string text)
    {
        if (IsUpdate)
        {
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path), $"{path} is missing: run the tests with ORIEL_UPDATE_GOLDEN=1, which writes it, and read what it wrote.");
        Assert.Equal(File.ReadAllText(path), text);
    }
}
