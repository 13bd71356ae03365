namespace Oriel.Engines.Gtk;

/// <summary>Which API of WebKitGTK is used.</summary>
public enum WebKitGeneration
{
    /// <summary>4.1 where it is installed, else 4.0.</summary>
    Newest,

    /// <summary>4.1 (libsoup 3).</summary>
    V41,

    /// <summary>4.0 (libsoup 2.4), for distributions before 2022.</summary>
    V40,
}
