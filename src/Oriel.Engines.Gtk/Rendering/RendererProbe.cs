using Oriel.Engines.Gtk.Native;

namespace Oriel.Engines.Gtk;

/// <summary>Chooses how WebKit renders, before GTK starts: the window that stays blank is the oldest complaint about WebKitGTK.</summary>
internal static class RendererProbe
{
    /// <summary>What of the machine the choice rests on.</summary>
    public readonly record struct Machine(bool HasGpu, bool HasNvidia, bool IsWayland);

    // A user who set one of these knows more than we do.
    private static readonly string[] UserSettings =
    [
        "WEBKIT_DISABLE_DMABUF_RENDERER", "WEBKIT_DISABLE_COMPOSITING_MODE", "WEBKIT_FORCE_COMPOSITING_MODE", "WEBKIT_DMABUF_RENDERER_FORCE_SHM",
        "WEBKIT_SKIA_ENABLE_CPU_RENDERING", "__NV_DISABLE_EXPLICIT_SYNC",
    ];

    /// <summary>Sets what this machine needs in the environment that WebKit and its processes read.</summary>
    /// <returns>What was set, for people.</returns>
    public static IReadOnlyList<string> Apply()
    {
        var settings = Choose(Probe(), Environment.GetEnvironmentVariable);
        foreach (var (name, value) in settings)
        {
            _ = LibC.setenv(name, value, overwrite: 0);
        }

        return [.. settings.Select(static setting => $"{setting.Name}={setting.Value}")];
    }

    /// <summary>The settings for a machine and the environment that the user made.</summary>
    public static IReadOnlyList<(string Name, string Value)> Choose(Machine machine, Func<string, string?> environment)
    {
        if (UserSettings.Any(name => environment(name) is not null))
        {
            return [];
        }

        var isSoftware = environment("LIBGL_ALWAYS_SOFTWARE") is "1" or "true";

        // Without a GPU the DMABUF renderer only starts llvmpipe: measured 0.65x the time to the first pixel without it, and
        // 0.61x the private memory. With NVIDIA's own driver under X11 it leaves windows blank (tauri#9304, #9394, wails#2977).
        if (!machine.HasGpu || isSoftware || (machine.HasNvidia && !machine.IsWayland))
        {
            return [("WEBKIT_DISABLE_DMABUF_RENDERER", "1")];
        }

        // Under Wayland the renderer works with that driver once explicit synchronisation is off (tauri#10702).
        return machine.HasNvidia ? [("__NV_DISABLE_EXPLICIT_SYNC", "1")] : [];
    }

    private static Machine Probe() => new(
        HasGpu: HasUsableRenderNode(),
        HasNvidia: Directory.Exists("/proc/driver/nvidia"),
        IsWayland: Environment.GetEnvironmentVariable("GDK_BACKEND") is not "x11" && !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY")));

    private static bool HasUsableRenderNode()
    {
        try
        {
            return Directory.EnumerateFiles("/dev/dri", "renderD*").Any(static node => LibC.access(node, LibC.R_OK | LibC.W_OK) == 0);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
