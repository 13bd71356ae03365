using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Oriel.Components.Reloading;

/// <summary>The file by which an application that <c>dotnet watch</c> restarts remembers what it was showing: the user's own, and read once.</summary>
internal sealed class MemoryFile(string path)
{
    /// <summary>Nothing is kept of what is larger, nor read.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    public string Path => path;

    /// <summary>The file of a program and of the watch that started it; null where the user has no folder for such files.</summary>
    /// <param name="program">The program's folder.</param>
    /// <param name="watch">What tells the watch from others: its process.</param>
    public static MemoryFile? Of(string program, string watch)
    {
        if (Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is not { Length: > 0 } folder || !System.IO.Path.IsPathRooted(folder) || !Directory.Exists(folder))
        {
            return null;
        }

        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{program}\n{watch}")).AsSpan(0, 16));
        return new MemoryFile(System.IO.Path.Join(folder, $"oriel-watch-{key}.json"));
    }

    /// <summary>Reads what was kept, and removes it: a program that fails over it starts without it the next time.</summary>
    /// <returns>Null when nothing was kept, or what is there is no memory.</returns>
    public AppMemory? Take()
    {
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            var bytes = new FileInfo(path) is { Length: <= MaxBytes, LinkTarget: null } ? File.ReadAllBytes(path) : null;
            File.Delete(path);
            return bytes is null ? null : Checked(JsonSerializer.Deserialize(bytes, MemoryJson.Default.AppMemory));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps a memory, in the place of the one before; nothing where it cannot be.</summary>
    public void Keep(AppMemory memory)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(memory, MemoryJson.Default.AppMemory);
        if (bytes.Length > MaxBytes)
        {
            return;
        }

        var fresh = $"{path}.{Environment.ProcessId}";
        try
        {
            File.Delete(fresh);
            using (var file = new FileStream(fresh, Options()))
            {
                file.Write(bytes);
            }

            File.Move(fresh, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A full disk is no reason to hold a restart up.
        }
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    // JSON may leave out what its type cannot: a null in the place of anything is no memory.
    private static AppMemory? Checked(AppMemory? memory) =>
        memory is { Windows: not null, States: not null } && memory.Windows.Values.All(static window => window is { Route: not null, Components: not null }) ? memory : null;
}
