using System.Runtime.InteropServices;

namespace Oriel.Engines.Gtk.Native;

/// <summary>Finds the libraries: WebKitGTK 4.1 with libsoup 3, or where that is missing 4.0 with libsoup 2.4.</summary>
/// <remarks>The two generations cannot be mixed in a process, so the choice is made once, for all of them.</remarks>
internal static class NativeLibraries
{
    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["glib-2.0"] = "libglib-2.0.so.0",
        ["gobject-2.0"] = "libgobject-2.0.so.0",
        ["gio-2.0"] = "libgio-2.0.so.0",
        ["gtk-3"] = "libgtk-3.so.0",
        ["gdk-3"] = "libgdk-3.so.0",
        ["cairo"] = "libcairo.so.2",
    };

    private static bool _isResolved;

    /// <summary>Loads what is there of what is usually needed; who misses something says so later.</summary>
    public static void Preload() => _ = NativeLibrary.TryLoad(Files["gtk-3"], out _) && NativeLibrary.TryLoad("libwebkit2gtk-4.1.so.0", out _);

    /// <summary>Loads what the engine needs.</summary>
    /// <exception cref="EngineUnavailableException">A library is missing; the message names its package.</exception>
    public static void Resolve(WebKitGeneration generation)
    {
        if (_isResolved)
        {
            return;
        }

        if (!NativeLibrary.TryLoad(Files["gtk-3"], out _))
        {
            throw new EngineUnavailableException($"{Files["gtk-3"]} is missing. {Packages("libgtk-3-0", "gtk3", "gtk3")}");
        }

        var isFound =
            (generation != WebKitGeneration.V40 && TryUse("libwebkit2gtk-4.1.so.0", "libjavascriptcoregtk-4.1.so.0", "libsoup-3.0.so.0")) ||
            (generation != WebKitGeneration.V41 && TryUse("libwebkit2gtk-4.0.so.37", "libjavascriptcoregtk-4.0.so.18", "libsoup-2.4.so.1"));

        if (!isFound)
        {
            throw new EngineUnavailableException(generation == WebKitGeneration.V40
                ? $"libwebkit2gtk-4.0.so.37 is missing. {Packages("libwebkit2gtk-4.0-37", "webkit2gtk4.0", "webkit2gtk")}"
                : $"libwebkit2gtk-4.1.so.0 is missing. {Packages("libwebkit2gtk-4.1-0", "webkit2gtk4.1", "webkit2gtk-4.1")}");
        }

        NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, static (name, _, _) => Files.TryGetValue(name, out var file) ? NativeLibrary.Load(file) : 0);
        _isResolved = true;
    }

    private static bool TryUse(string webKit, string javaScriptCore, string soup)
    {
        if (!NativeLibrary.TryLoad(webKit, out _))
        {
            return false;
        }

        Files["webkit2gtk"] = webKit;
        Files["javascriptcoregtk"] = javaScriptCore;
        Files["soup"] = soup;
        return true;
    }

    private static string Packages(string debian, string fedora, string arch) =>
        $"Install it: apt install {debian} (Debian, Ubuntu), dnf install {fedora} (Fedora), or pacman -S {arch} (Arch).";
}
