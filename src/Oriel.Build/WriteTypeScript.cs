using System.Text;
using Microsoft.Build.Framework;

namespace Oriel.Build;

/// <summary>Writes the TypeScript of the commands in an assembly, or checks that what was written is still true.</summary>
/// <remarks>A file that would not change is left alone, so that nothing which watches it is woken.</remarks>
public sealed class WriteTypeScript : Microsoft.Build.Utilities.Task
{
    /// <summary>The compiled assembly. It is read as data and never loaded.</summary>
    [Required]
    public string Assembly { get; set; } = "";

    /// <summary>The file to write, which a page imports.</summary>
    [Required]
    public string Output { get; set; } = "";

    /// <summary>The file to write for tests of the page; none when it is empty.</summary>
    public string Mock { get; set; } = "";

    /// <summary>Where the functions find the client: <c>global</c>, the <c>oriel</c> of every page, or <c>@oriel/client</c>.</summary>
    public string Import { get; set; } = "";

    /// <summary>Whether to fail, and write nothing, where a file is not what would be written.</summary>
    public bool Check { get; set; }

    /// <summary>Whether a file was written.</summary>
    [Output]
    public bool Changed { get; private set; }

    /// <inheritdoc />
    public override bool Execute()
    {
        if (ReadImport() is not { } import)
        {
            return false;
        }

        string script;
        string? mock = null;
        try
        {
            var text = ManifestReader.Read(Assembly);
            if (text is null)
            {
                Warn("ORIELTS02", $"{Assembly} has no commands that are described, so {Output} has none. Commands are described where they are [Command] methods, or mapped by a lambda or a method.");
                text = """{"version":1}""";
            }

            var manifest = ManifestParser.Parse(text);
            script = TypeScriptRenderer.Render(manifest, import);
            if (Mock.Length > 0)
            {
                mock = MockRenderer.Render(manifest, ImportPath.Between(Mock, Output), import);
            }
        }
        catch (ManifestException exception)
        {
            Fail("ORIELTS01", $"No TypeScript could be made of {Assembly}: {exception.Message}");
            return false;
        }

        Put(Output, script, "OrielTypeScript");
        if (mock is not null)
        {
            Put(Mock, mock, "OrielTypeScriptMock");
        }

        return !Log.HasLoggedErrors;
    }

    private ClientImport? ReadImport()
    {
        switch (Import)
        {
            case "" or "global":
                return ClientImport.Global;
            case ClientHeader.Package:
                return ClientImport.Package;
            default:
                Fail("ORIELTS05", $"OrielTypeScriptImport is \"{Import}\"; it is \"global\" (the oriel that every page has) or \"{ClientHeader.Package}\" (the npm package).");
                return null;
        }
    }

    private void Put(string path, string text, string property)
    {
        try
        {
            var existing = File.Exists(path) ? File.ReadAllText(path) : null;
            // A checkout may have given the lines another end; that is no reason to write the file.
            if (existing is not null && existing.Replace("\r\n", "\n") == text)
            {
                return;
            }

            if (existing is not null && !existing.StartsWith(TypeScriptRenderer.FirstWords, StringComparison.Ordinal))
            {
                Fail("ORIELTS06", $"{path} was not written by Oriel and would be lost. {property} names the file that the build writes: name another, or delete this one.", path);
                return;
            }

            if (Check)
            {
                var what = existing is null ? "is missing" : $"is stale, from line {FirstDifference(existing, text)} on";
                Fail("ORIELTS03", $"{path} {what}. Build without OrielTypeScriptCheck, which writes it ({property} names it), and check it in.", path);
                return;
            }

            Write(path, text);
            Changed = true;
            Log.LogMessage(MessageImportance.High, $"Oriel wrote {path}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            Fail("ORIELTS04", $"{path} cannot be {(Check ? "read" : "written")} ({property} names it): {exception.Message}");
        }
    }

    // A bundler that watches the folder sees the old file or the new one, never half of one.
    private static void Write(string path, string text)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var part = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        try
        {
            File.WriteAllText(part, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            if (File.Exists(path))
            {
                File.Replace(part, path, destinationBackupFileName: null);
            }
            else
            {
                File.Move(part, path);
            }
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static int FirstDifference(string existing, string text)
    {
        var left = existing.Replace("\r\n", "\n").Split('\n');
        var right = text.Split('\n');
        var line = 0;
        while (line < left.Length && line < right.Length && left[line] == right[line])
        {
            line++;
        }

        return line + 1;
    }

    private void Fail(string code, string message, string? file = null) => Log.LogError(null, code, null, file, 0, 0, 0, 0, "{0}", message);

    private void Warn(string code, string message) => Log.LogWarning(null, code, null, null, 0, 0, 0, 0, "{0}", message);
}
