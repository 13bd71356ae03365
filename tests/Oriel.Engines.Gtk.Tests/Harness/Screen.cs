using System.Runtime.InteropServices;

namespace Oriel.Engines.Gtk.Tests;

/// <summary>The X display as its user sees it. One thread at a time.</summary>
internal sealed unsafe partial class Screen : IDisposable
{
    private const string X11 = "libX11.so.6";
    private const int ZPixmap = 2;
    private const int ClientMessage = 33;
    private const int RedirectAndNotify = (1 << 19) | (1 << 20);

    private readonly nint _display = XOpenDisplay(0);
    private readonly nuint _root;
    private readonly int _width;
    private readonly int _height;

    public Screen()
    {
        Assert.NotEqual(0, _display);
        _root = XDefaultRootWindow(_display);
        _width = XDisplayWidth(_display, 0);
        _height = XDisplayHeight(_display, 0);
    }

    /// <summary>The colors on the screen, as <c>0xRRGGBB</c>, with how many pixels have them.</summary>
    public Dictionary<int, int> Colors()
    {
        var image = (XImage*)XGetImage(_display, _root, 0, 0, (uint)_width, (uint)_height, ~0u, ZPixmap);
        var colors = new Dictionary<int, int>();
        for (var y = 0; y < _height; y++)
        {
            var row = new ReadOnlySpan<int>(image->Data + (y * image->BytesPerLine), _width);
            while (!row.IsEmpty)
            {
                var run = row.IndexOfAnyExcept(row[0]) is var end and >= 0 ? end : row.Length;
                var color = row[0] & 0xFFFFFF;
                colors[color] = colors.GetValueOrDefault(color) + run;
                row = row[run..];
            }
        }

        _ = XDestroyImage((nint)image);
        return colors;
    }

    /// <summary>Does what the close button of a window does.</summary>
    public void CloseWindow(nint window) => Tell(window, "_NET_CLOSE_WINDOW");

    public void Dispose() => _ = XCloseDisplay(_display);

    private void Tell(nint window, string message)
    {
        // XClientMessageEvent, in an XEvent of 24 longs.
        var words = stackalloc nint[24];
        new Span<nint>(words, 24).Clear();
        words[0] = ClientMessage;
        words[4] = window;
        words[5] = (nint)XInternAtom(_display, message, 0);
        words[6] = 32;
        _ = XSendEvent(_display, _root, 0, RedirectAndNotify, (nint)words);
        _ = XSync(_display, 0);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct XImage
    {
        public int Width;
        public int Height;
        public int XOffset;
        public int Format;
        public byte* Data;
        public int ByteOrder;
        public int BitmapUnit;
        public int BitmapBitOrder;
        public int BitmapPad;
        public int Depth;
        public int BytesPerLine;
    }

    [LibraryImport(X11)]
    private static partial nint XOpenDisplay(nint name);

    [LibraryImport(X11)]
    private static partial int XCloseDisplay(nint display);

    [LibraryImport(X11)]
    private static partial nuint XDefaultRootWindow(nint display);

    [LibraryImport(X11)]
    private static partial int XDisplayWidth(nint display, int screen);

    [LibraryImport(X11)]
    private static partial int XDisplayHeight(nint display, int screen);

    [LibraryImport(X11)]
    private static partial nint XGetImage(nint display, nuint window, int x, int y, uint width, uint height, nuint planes, int format);

    [LibraryImport(X11)]
    private static partial int XDestroyImage(nint image);

    [LibraryImport(X11, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nuint XInternAtom(nint display, string name, int onlyIfExists);

    [LibraryImport(X11)]
    private static partial int XSendEvent(nint display, nuint window, int propagate, nint mask, nint message);

    [LibraryImport(X11)]
    private static partial int XSync(nint display, int discard);
}
