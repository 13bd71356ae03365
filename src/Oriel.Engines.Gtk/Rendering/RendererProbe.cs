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
    /// <returns>What was set, as <c>NAME=value</c>; null for nothing.</returns>
    public static string? Apply()
    {
        if (Choose(Probe(), Environment.GetEnvironmentVariable) is not { } name)
        {
            return null;
        }

        _ = LibC.setenv(name, "1", overwrite: 0);
        return $"{name}=1";
    }

    /// <summary>The variable that is to be 1 on a machine, in the environment that the user made; null for none.</summary>
    public static string? Choose(Machine machine, Func<string, string?> environment)
    {
        foreach (var setting in UserSettings)
        {
            if (environment(setting) is not null)
            {
                return null;
            }
        }

        var isSoftware = environment("LIBGL_ALWAYS_SOFTWARE") is "1" or "true";

        // Without a GPU the DMABUF renderer only starts llvmpipe: measured 0.65x the time to the first pixel without it, and
        // 0.61x the private memory. With NVIDIA's own driver under X11 it leaves windows blank (tauri#9304, #9394, wails#2977).
        if (!machine.HasGpu || isSoftware || (machine.HasNvidia && !machine.IsWayland))
        {
            return "WEBKIT_DISABLE_DMABUF_RENDERER";
        }

        // Under Wayland the renderer works with that driver once explicit synchronisation is off (tauri#10702).
        return machine.HasNvidia ? "__NV_DISABLE_EXPLICIT_SYNC" : null;
    }

    private static Machine Probe() => new(
        HasGpu: HasUsableRenderNode(),
        HasNvidia: Directory.Exists("/proc/driver/nvidia"),
        IsWayland: Environment.GetEnvironmentVariable("GDK_BACKEND") is not "x11" && !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY")));

    private static bool HasUsableRenderNode()
    {
        // Asked first: the exception of a folder that is not there costs more than all the rest of the probe.
        if (!Directory.Exists("/dev/dri"))
        {
            return false;
        }

        foreach (var node in Directory.GetFiles("/dev/dri", "renderD*"))
        {
            if (LibC.access(node, LibC.R_OK | LibC.W_OK) == 0)
            {
                return true;
            }
        }

        return false;
    }
}
