using Oriel.Engines.Gtk.Native;

namespace Oriel.Engines.Gtk;

/// <summary>A native reply that is given later. Keeps the message's value, whose context the answer is made in.</summary>
internal sealed unsafe class GtkReply : IEngineReply
{
    private readonly nint _value;
    private nint _reply;

    public GtkReply(nint reply, nint value)
    {
        _reply = LibWebKit.webkit_script_message_reply_ref(reply);
        _value = LibGObject.g_object_ref(value);
    }

    public void Return(ReadOnlySpan<byte> utf8)
    {
        if (_reply == 0)
        {
            return;
        }

        nint bytes;
        fixed (byte* data = utf8)
        {
            bytes = LibGLib.g_bytes_new(data, (nuint)utf8.Length);
        }

        var answer = LibJavaScriptCore.jsc_value_new_string_from_bytes(LibJavaScriptCore.jsc_value_get_context(_value), bytes);
        LibWebKit.webkit_script_message_reply_return_value(_reply, answer);

        LibGObject.g_object_unref(answer);
        LibGLib.g_bytes_unref(bytes);
        LibGObject.g_object_unref(_value);
        LibWebKit.webkit_script_message_reply_unref(_reply);
        _reply = 0;
    }
}
