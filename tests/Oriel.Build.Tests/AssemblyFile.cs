using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;
using System.Text;

namespace Oriel.Build.Tests;

/// <summary>Makes assemblies that carry manifests.</summary>
internal static class AssemblyFile
{
    /// <summary>Writes an assembly that has the manifests, each a text or null.</summary>
    public static string Write(TemporaryFolder folder, params string?[] manifests) => Write<BridgeManifestAttribute>(folder, manifests);

    /// <summary>Writes an assembly that has the texts by an attribute of another type.</summary>
    public static string Write<TAttribute>(TemporaryFolder folder, params string?[] manifests)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("App"), typeof(object).Assembly);
        assembly.DefineDynamicModule("App");
        foreach (var manifest in manifests)
        {
            assembly.SetCustomAttribute(typeof(TAttribute).GetConstructor([typeof(string)])!, Arguments(manifest));
        }

        var path = folder.PathOf("App.dll");
        assembly.Save(path);
        return path;
    }

    // ECMA-335 II.23.3: the prolog, a string with its length in front (0xff for none), and no named arguments.
    private static byte[] Arguments(string? text)
    {
        if (text is null)
        {
            return [1, 0, 0xff, 0, 0];
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        var length = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(length, 0xc000_0000u | (uint)bytes.Length);
        return [1, 0, .. length, .. bytes, 0, 0];
    }
}
