using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Oriel.Build;

/// <summary>Finds the manifest in a compiled assembly. The assembly is read as data and never loaded, so it is not locked and none of its code runs.</summary>
internal static class ManifestReader
{
    private const string AttributeNamespace = "Oriel";
    private const string AttributeName = "BridgeManifestAttribute";

    /// <summary>The text of the manifest; null when the assembly has none.</summary>
    /// <exception cref="ManifestException">The file is not a .NET assembly, is damaged, or has more than one manifest.</exception>
    public static string? Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > ManifestLimits.AssemblyBytes)
            {
                throw new ManifestException($"{path} has {file.Length:N0} bytes; an assembly of more than {ManifestLimits.AssemblyBytes:N0} is not read.");
            }

            return Read(file, path);
        }
        // The reader of metadata answers damage by whichever of these it meets first.
        catch (Exception exception) when (exception is BadImageFormatException or ArgumentException or InvalidOperationException or OverflowException or IOException or UnauthorizedAccessException or InvalidCastException or IndexOutOfRangeException)
        {
            throw new ManifestException($"{path} cannot be read as a .NET assembly: {exception.Message} Build the project anew.");
        }
    }

    private static string? Read(Stream file, string path)
    {
        using var image = new PEReader(file);
        if (!image.HasMetadata)
        {
            throw new ManifestException($"{path} is not a .NET assembly. OrielTypeScript needs the assembly that the project's C# is compiled to.");
        }

        var metadata = image.GetMetadataReader();
        string? manifest = null;
        foreach (var handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = metadata.GetCustomAttribute(handle);
            if (!IsManifest(metadata, attribute))
            {
                continue;
            }

            if (manifest is not null)
            {
                throw new ManifestException($"{path} has more than one [assembly: {AttributeNamespace}.BridgeManifest]. It is the generator's alone: remove the one that was written by hand.");
            }

            manifest = ReadArgument(metadata.GetBlobReader(attribute.Value), path);
        }

        return manifest;
    }

    private static bool IsManifest(MetadataReader metadata, CustomAttribute attribute)
    {
        switch (attribute.Constructor.Kind)
        {
            case HandleKind.MemberReference:
                var parent = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
                if (parent.Kind != HandleKind.TypeReference)
                {
                    return false;
                }

                var reference = metadata.GetTypeReference((TypeReferenceHandle)parent);
                return IsManifest(metadata, reference.Namespace, reference.Name);

            case HandleKind.MethodDefinition:
                var declaring = metadata.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType();
                var definition = metadata.GetTypeDefinition(declaring);
                return IsManifest(metadata, definition.Namespace, definition.Name);

            default:
                return false;
        }
    }

    private static bool IsManifest(MetadataReader metadata, StringHandle space, StringHandle name) =>
        metadata.StringComparer.Equals(name, AttributeName) && metadata.StringComparer.Equals(space, AttributeNamespace);

    // ECMA-335 II.23.3: a prolog, then the arguments of the constructor, here one string.
    private static string ReadArgument(BlobReader blob, string path)
    {
        const ushort Prolog = 1;

        var text = blob.ReadUInt16() == Prolog ? blob.ReadSerializedString() : null;
        if (text is null)
        {
            throw new ManifestException($"The manifest in {path} is not a text. Build the project anew.");
        }

        return text.Length <= ManifestLimits.Characters
            ? text
            : throw new ManifestException($"The manifest in {path} has {text.Length:N0} characters; more than {ManifestLimits.Characters:N0} are not read.");
    }
}
