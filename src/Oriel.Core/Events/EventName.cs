using System.Collections.Frozen;
using System.Text;

namespace Oriel;

/// <summary>What an event may be called.</summary>
/// <remarks>
/// Every event is also a DOM event of the page's window. One named <c>resize</c> or <c>load</c> would run what pages and
/// libraries have registered for the platform's own, so these names are refused.
/// </remarks>
internal static class EventName
{
    private const int MaxBytes = 256;

    public static void Check(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);

        if (Encoding.UTF8.GetByteCount(name) > MaxBytes)
        {
            throw new ArgumentException($"An event's name has at most {MaxBytes} bytes.", nameof(name));
        }

        if (name.StartsWith("oriel:", StringComparison.Ordinal))
        {
            throw new ArgumentException($"\"{name}\" cannot be an event: names that begin with \"oriel:\" are the bridge's own.", nameof(name));
        }

        if (Platform.Contains(name))
        {
            throw new ArgumentException($"\"{name}\" cannot be an event: browsers have one of that name on window. Add a prefix, such as \"app.{name}\".", nameof(name));
        }
    }

    // The event handlers of a window: HTML, 8.1.8.2 (GlobalEventHandlers, WindowEventHandlers), and what WebKit and Chromium add.
    internal static FrozenSet<string> Platform { get; } = new[]
    {
        "abort", "afterprint", "animationcancel", "animationend", "animationiteration", "animationstart", "appinstalled", "auxclick",
        "beforecopy", "beforecut", "beforeinput", "beforeinstallprompt", "beforematch", "beforepaste", "beforeprint", "beforetoggle", "beforeunload", "beforexrselect", "blur",
        "cancel", "canplay", "canplaythrough", "change", "click", "close", "command", "contentvisibilityautostatechange", "contextlost", "contextmenu", "contextrestored", "copy", "cuechange", "cut",
        "dblclick", "devicemotion", "deviceorientation", "deviceorientationabsolute", "drag", "dragend", "dragenter", "dragleave", "dragover", "dragstart", "drop", "durationchange",
        "emptied", "encrypted", "ended", "error", "focus", "focusin", "focusout", "formdata", "fullscreenchange", "fullscreenerror",
        "gamepadconnected", "gamepaddisconnected", "gesturechange", "gestureend", "gesturestart", "gotpointercapture", "hashchange",
        "input", "invalid", "keydown", "keypress", "keyup", "languagechange", "load", "loadeddata", "loadedmetadata", "loadstart", "lostpointercapture",
        "message", "messageerror", "mousedown", "mouseenter", "mouseleave", "mousemove", "mouseout", "mouseover", "mouseup", "mousewheel",
        "offline", "online", "orientationchange", "pagehide", "pagereveal", "pageshow", "pageswap", "paste", "pause", "play", "playing",
        "pointercancel", "pointerdown", "pointerenter", "pointerleave", "pointermove", "pointerout", "pointerover", "pointerrawupdate", "pointerup", "popstate", "progress",
        "ratechange", "rejectionhandled", "reset", "resize", "scroll", "scrollend", "scrollsnapchange", "scrollsnapchanging", "search", "securitypolicyviolation", "seeked", "seeking",
        "select", "selectionchange", "selectstart", "slotchange", "stalled", "storage", "submit", "suspend",
        "timeupdate", "toggle", "touchcancel", "touchend", "touchforcechange", "touchmove", "touchstart", "transitioncancel", "transitionend", "transitionrun", "transitionstart",
        "unhandledrejection", "unload", "volumechange", "waiting", "waitingforkey",
        "webkitanimationend", "webkitanimationiteration", "webkitanimationstart", "webkitfullscreenchange", "webkitfullscreenerror",
        "webkitmouseforcechanged", "webkitmouseforcedown", "webkitmouseforceup", "webkitmouseforcewillbegin", "webkittransitionend", "wheel",
    }.ToFrozenSet(StringComparer.Ordinal);
}
