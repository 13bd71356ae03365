using System.Reflection;
using System.Text;

namespace Oriel.Components.Tests;

/// <summary>Frames that are kept beside their tests. ORIEL_UPDATE_GOLDEN=1 writes them anew; the change is read before it is checked in.</summary>
internal static class GoldenFrames
{
    private static readonly string s_folder = Path.GetFullPath(
        typeof(GoldenFrames).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "GoldenFrames").Value!);

    public static void Verify(string name, TestPage page)
    {
        var text = new StringBuilder("[\n");
        text.AppendJoin(",\n", page.Frames.Select(f => $"  [{f[0]},{f[1]},{TestPage.Body(f)}]")).Append("\n]\n");
        var path = Path.Combine(s_folder, name + ".json");
        if (Environment.GetEnvironmentVariable("ORIEL_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, text.ToString());
        }

        Assert.True(File.Exists(path), $"{path} is missing: run the tests with ORIEL_UPDATE_GOLDEN=1, which writes it, and read what it wrote.");
        Assert.Equal(File.ReadAllText(path), text.ToString());
    }
}
