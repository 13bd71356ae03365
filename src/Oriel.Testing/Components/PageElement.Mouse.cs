using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Oriel.Testing.Tree;

namespace Oriel.Testing;

public sealed partial class PageElement
{
    /// <summary>Clicks it, with all that a browser does then: focus, checks, forms, links.</summary>
    public void Click()
    {
        Require("clicked");
        RaiseMouse("pointerdown", 1);
        if (RaiseMouse("mousedown", 1))
        {
            _page.MoveFocus(Focusable);
        }

        RaiseMouse("pointerup", 0);
        RaiseMouse("mouseup", 0);
        if (IsShown)
        {
            Activate();
        }
    }

    /// <summary>Clicks it twice in a row.</summary>
    public void DoubleClick()
    {
        Click();
        Click();
        RaiseMouse("dblclick", 0, detail: 2);
    }

    /// <summary>Opens its context menu.</summary>
    public void RightClick()
    {
        Require("clicked");
        RaiseMouse("mousedown", 2, button: 2);
        RaiseMouse("mouseup", 0, button: 2);
        RaiseMouse("contextmenu", 0, button: 2);
    }

    /// <summary>Moves the pointer onto it.</summary>
    public void Hover()
    {
        Require("pointed at");
        RaiseMouse("pointerover", 0);
        foreach (var element in _page.Read(() => _element.GetAncestors().OfType<IElement>().Reverse().Append(_element).ToArray()))
        {
            _page.Raise(element, "pointerenter", json => WriteMouse(json, "pointerenter", 0, 0, 0));
            _page.Raise(element, "mouseenter", json => WriteMouse(json, "mouseenter", 0, 0, 0));
        }

        RaiseMouse("mouseover", 0);
        RaiseMouse("mousemove", 0);
    }

    /// <summary>Gives it an event of any kind, with arguments as a page would send them.</summary>
    /// <param name="name">The event's name, without <c>on</c>.</param>
    /// <param name="arguments">The members of its arguments.</param>
    public void Raise(string name, object? arguments = null)
    {
        _page.Read(() => IsShown ? true : throw Refuse("is gone from the page: find it again"));
        var members = JsonSerializer.SerializeToElement(arguments ?? new object(), JsonSerializerOptions.Web);
        _page.Raise(_element, name, json =>
        {
            if (!members.TryGetProperty("type", out _))
            {
                json.WriteString("type", name);
            }

            foreach (var member in members.EnumerateObject())
            {
                member.WriteTo(json);
            }
        });
    }

    private IElement? Focusable => _page.Read(() =>
        _element.Closest("input,select,textarea,button,a[href],summary,[tabindex],[contenteditable]"));

    private bool RaiseMouse(string name, int buttons, int button = 0, int detail = 1) =>
        _page.Raise(_element, name, json => WriteMouse(json, name, buttons, button, detail));

    private static void WriteMouse(Utf8JsonWriter json, string type, int buttons, int button, int detail)
    {
        json.WriteString("type", type);
        json.WriteNumber("buttons", buttons);
        json.WriteNumber("button", button);
        json.WriteNumber("detail", detail);
    }

    // The click itself, and what the page does by itself then. A box is changed before its click, and back when that is prevented.
    private void Activate()
    {
        var box = _element as IHtmlInputElement is { Type: "checkbox" or "radio" } input ? input : null;
        var before = box?.IsChecked ?? false;
        if (box is not null)
        {
            _page.Read(() =>
            {
                LogicalElement.Check(box, box.Type == "radio" || !before);
                return true;
            });
        }

        var isAllowed = RaiseMouse("click", 0);
        if (box is not null)
        {
            SettleBox(box, before, isAllowed);
        }
        else if (isAllowed && IsShown)
        {
            Follow();
        }
    }

    private void SettleBox(IHtmlInputElement box, bool before, bool isAllowed)
    {
        if (!isAllowed)
        {
            _page.Read(() => box.IsChecked = before);
        }
        else if (box.IsChecked != before && IsShown)
        {
            RaiseChange("input");
            RaiseChange("change");
        }
    }

    private void Follow()
    {
        var active = _page.Read(() => _element.Closest("a[href],button,input,label,summary"));
        switch (active)
        {
            case IHtmlAnchorElement link:
                _page.Follow(link);
                break;
            case IHtmlButtonElement { Type: "submit", Form: { } form } when active.GetAttribute("type") is null or "submit":
                new PageElement(_page, form).SubmitBy(active);
                break;
            case IHtmlInputElement { Type: "submit" or "image", Form: { } form }:
                new PageElement(_page, form).SubmitBy(active);
                break;
            case IHtmlButtonElement { Form: { } form } when active.GetAttribute("type") == "reset":
                Reset(form);
                break;
            case IHtmlInputElement { Type: "reset", Form: { } form }:
                Reset(form);
                break;
            case IHtmlLabelElement { Control: { } control } when control != _element:
                new PageElement(_page, control).ClickByLabel();
                break;
            case { LocalName: "summary", ParentElement: { LocalName: "details" } details }:
                _page.Read(() => details.ToggleAttribute("open"));
                _page.Raise(details, "toggle", json => json.WriteString("type", "toggle"));
                break;
        }
    }

    private void Reset(IHtmlFormElement form)
    {
        if (_page.Raise(form, "reset", json => json.WriteString("type", "reset")))
        {
            _page.Read(() =>
            {
                form.Reset();
                return true;
            });
        }
    }

    private void ClickByLabel()
    {
        if (_page.Read(() => DisabledBy is null))
        {
            _page.MoveFocus(_element);
            Activate();
        }
    }
}
