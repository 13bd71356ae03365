using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Oriel.Testing.Tree;

namespace Oriel.Testing;

public sealed partial class ComponentPage
{
    // As in browsers; all others go up from the element through those around it.
    private static readonly HashSet<string> s_staying = new(StringComparer.Ordinal)
    {
        "focus", "blur", "mouseenter", "mouseleave", "pointerenter", "pointerleave", "load", "error", "scroll", "toggle", "close", "cancel", "abort", "play", "pause", "ended", "invalid",
    };

    /// <summary>The element with the focus.</summary>
    internal IElement? Focused { get; private set; }

    /// <summary>Gives an event to the handlers of an element and, where it goes up, of those around it.</summary>
    /// <returns>Whether the page does what it does by itself then: no component prevents it.</returns>
    internal bool Raise(IElement target, string name, Action<Utf8JsonWriter> arguments)
    {
        var isAllowed = true;
        foreach (var element in Read(() => Way(target, name)))
        {
            isAllowed &= !element.Prevents(name);
            if (Read(() => element.Handlers.TryGetValue(name, out var id) ? id : 0) is var handler and not 0)
            {
                Send(handler, name, target, arguments);
            }

            if (element.Stops(name))
            {
                break;
            }
        }

        return isAllowed;
    }

    /// <summary>Moves the focus.</summary>
    internal void MoveFocus(IElement? target)
    {
        if (Focused == target)
        {
            return;
        }

        if (Focused is { } before && Read(() => _tree.Document.Contains(before)))
        {
            Focused = null;
            CommitEdit(before);
            Raise(before, "blur", json => json.WriteString("type", "blur"));
            Raise(before, "focusout", json => json.WriteString("type", "focusout"));
        }

        Focused = target;
        if (target is not null)
        {
            Raise(target, "focus", json => json.WriteString("type", "focus"));
            Raise(target, "focusin", json => json.WriteString("type", "focusin"));
        }
    }

    /// <summary>What a script of the page does that Oriel brings along.</summary>
    internal object? CallOwn(string name, ScriptCall call)
    {
        switch (name)
        {
            case "Blazor._internal.domWrapper.focus":
            case "orielWidgets.focus":
                MoveFocus(call.Element(0).Element);
                return null;
            case "orielWidgets.showModal":
            case "orielWidgets.closeModal":
                lock (_gate)
                {
                    call.Element(0).Element.ToggleAttribute("open", name == "orielWidgets.showModal");
                    return null;
                }

            case "Blazor._internal.InputFile.init":
                Files.Register(call.Element(1).Element, call.Arguments[0].GetProperty("__dotNetObject").GetInt64());
                return null;
            case "Blazor._internal.InputFile.readFileData":
                return Files.Read(call.Element(0).Element, call.Get<int>(1));
            case "Blazor._internal.InputFile.toImageFile":
                throw new NotSupportedException("A test has no browser that makes images. Say what comes of it with page.JS.Setup(\"Blazor._internal.InputFile.toImageFile\", call => ...).");
            case "Blazor._internal.sendJSDataStream":
                Bytes.Send(call.Arguments[0].GetProperty("__jsObjectId").GetInt64(), call.Get<long>(1));
                return null;
            case "DotNet.disposeJSObjectReferenceById":
                Bytes.Forget(call.Get<long>(0));
                return null;
            case "Blazor._internal.PageTitle.getAndRemoveExistingTitle":
                lock (_gate)
                {
                    var title = _tree.Document.Head!.QuerySelectorAll("title").FirstOrDefault(candidate => _tree.Find(candidate) is null);
                    title?.Remove();
                    return title?.TextContent;
                }

            default:
                return null;
        }
    }

    private readonly Dictionary<IElement, string> _uncommitted = [];

    /// <summary>Notes what an element held before a person began to change it.</summary>
    internal void BeginEdit(IElement element, string before) => _uncommitted.TryAdd(element, before);

    /// <summary>Tells of a change when there is one: browsers do when the element loses the focus.</summary>
    internal void CommitEdit(IElement element)
    {
        if (_uncommitted.Remove(element, out var before) && before != TextIn(element))
        {
            Raise(element, "change", json => WriteChange(json, "change", element));
        }
    }

    internal static string TextIn(IElement element) => element switch
    {
        IHtmlInputElement input => input.Value,
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement select => select.Value ?? "",
        _ => "",
    };

    internal static void WriteChange(Utf8JsonWriter json, string type, IElement element)
    {
        json.WriteString("type", type);
        json.WritePropertyName("value");
        switch (element)
        {
            case IHtmlInputElement { Type: "checkbox" } box:
                json.WriteBooleanValue(box.IsChecked);
                break;
            case IHtmlInputElement { Type: "radio" } radio:
                json.WriteStringValue(radio.GetAttribute("value") ?? "on");
                break;
            case IHtmlSelectElement { IsMultiple: true } select:
                json.WriteStartArray();
                foreach (var option in select.Options.Where(option => option.IsSelected))
                {
                    json.WriteStringValue(option.Value);
                }

                json.WriteEndArray();
                break;
            case IHtmlInputElement { Type: "time", Value.Length: 5 } or IHtmlInputElement { Type: "datetime-local", Value.Length: 16 }:
                // What is bound to a time has seconds, which browsers leave out when they are zero.
                json.WriteStringValue(TextIn(element) + ":00");
                break;
            default:
                json.WriteStringValue(TextIn(element));
                break;
        }
    }

    private List<LogicalElement> Way(IElement target, string name)
    {
        var way = new List<LogicalElement>();
        for (var node = target; node is not null; node = s_staying.Contains(name) ? null : node.ParentElement)
        {
            if (_tree.Find(node) is { } element)
            {
                way.Add(element);
            }
        }

        return way;
    }

    private void Send(long handler, string name, IElement target, Action<Utf8JsonWriter> arguments)
    {
        var field = Read(() => _tree.Find(target));
        var number = _link.Send("event", json =>
        {
            json.WriteNumberValue(handler);
            json.WriteStringValue(name);
            WriteField(json, field);
            json.WriteStartObject();
            arguments(json);
            json.WriteEndObject();
        });
        if (field is not null && name is "input" or "change")
        {
            field!.LastEdit = number;
        }

        Settle();
    }

    // What the element holds now, so that the next frame changes it if the component does not want it.
    private static void WriteField(Utf8JsonWriter json, LogicalElement? field)
    {
        if (field?.Element is not (IHtmlInputElement or IHtmlTextAreaElement or IHtmlSelectElement { IsMultiple: false }))
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartArray();
        json.WriteNumberValue(LogicalTree.ComponentOf(field));
        if (field.Element is IHtmlInputElement { Type: "checkbox" or "radio" } box)
        {
            json.WriteBooleanValue(box.IsChecked);
        }
        else
        {
            json.WriteStringValue(TextIn(field.Element));
        }

        json.WriteEndArray();
    }
}
