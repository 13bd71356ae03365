using AngleSharp.Html.Dom;

namespace Oriel.Testing;

public sealed partial class PageElement
{
    /// <summary>Presses a key and lets it go, with what a browser does by itself then: characters, Enter, the space bar, Backspace.</summary>
    /// <param name="key">The key as <c>KeyboardEvent.key</c> names it: <c>a</c>, <c>Enter</c>, <c>ArrowDown</c>.</param>
    /// <param name="ctrl">Whether Ctrl is held.</param>
    /// <param name="shift">Whether Shift is held.</param>
    /// <param name="alt">Whether Alt is held.</param>
    /// <param name="meta">Whether Meta is held.</param>
    public void Press(string key, bool ctrl = false, bool shift = false, bool alt = false, bool meta = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        Require("typed into");
        if (Focusable is { } focusable)
        {
            _page.MoveFocus(focusable);
        }

        var isAllowed = RaiseKey("keydown");
        if (isAllowed && !ctrl && !alt && !meta && (IsCharacter(key) || key == "Enter"))
        {
            isAllowed = RaiseKey("keypress");
        }

        if (isAllowed && !ctrl && !alt && !meta && IsShown)
        {
            Act(key);
        }

        if (IsShown)
        {
            RaiseKey("keyup");
        }

        bool RaiseKey(string name) => _page.Raise(_element, name, json =>
        {
            json.WriteString("type", name);
            json.WriteString("key", key);
            json.WriteString("code", CodeOf(key));
            json.WriteBoolean("ctrlKey", ctrl);
            json.WriteBoolean("shiftKey", shift);
            json.WriteBoolean("altKey", alt);
            json.WriteBoolean("metaKey", meta);
            json.WriteBoolean("repeat", false);
            json.WriteNumber("location", 0);
        });
    }

    private void Act(string key)
    {
        switch (_element)
        {
            case IHtmlTextAreaElement or IHtmlInputElement { Type: not ("checkbox" or "radio" or "button" or "submit" or "reset" or "image" or "file") }:
                Edit(key);
                break;
            case IHtmlInputElement { Type: "checkbox" or "radio" } when key == " ":
                Activate();
                break;
            case IHtmlButtonElement or IHtmlInputElement { Type: "button" or "submit" or "reset" or "image" } when key is " " or "Enter":
                Activate();
                break;
            case IHtmlAnchorElement when key == "Enter":
                Activate();
                break;
        }
    }

    private void Edit(string key)
    {
        var text = _page.Read(() => ComponentPage.TextIn(_element));
        if (key == "Enter" && _element is IHtmlInputElement input)
        {
            _page.CommitEdit(_element);
            if (_page.Read(() => input.Form) is { } form)
            {
                SubmitImplicitly(form);
            }

            return;
        }

        if (_element.HasAttribute("readonly"))
        {
            return;
        }

        var edited = key switch
        {
            "Backspace" => text.Length == 0 ? text : text[..^(text.Length > 1 && char.IsLowSurrogate(text[^1]) ? 2 : 1)],
            "Enter" => text + "\n",
            _ when IsCharacter(key) => text + key,
            _ => text,
        };
        if (edited != text && _page.Read(() => FormRules.TakesKeys(_element, key)))
        {
            if (edited.Length > text.Length)
            {
                RequireLength(edited);
            }

            SetText(edited);
        }
    }

    // Enter in a field clicks the form's button; without one it submits a form that has no other field for text.
    private void SubmitImplicitly(IHtmlFormElement form)
    {
        var button = _page.Read(() => form.Elements.FirstOrDefault(element =>
            element is IHtmlButtonElement && element.GetAttribute("type") is null or "submit" || element is IHtmlInputElement { Type: "submit" or "image" }));
        if (button is not null)
        {
            var submitter = new PageElement(_page, button);
            if (!submitter.IsDisabled)
            {
                submitter.Activate();
            }
        }
        else if (_page.Read(() => form.Elements.Count(element => element is IHtmlInputElement { Type: not ("checkbox" or "radio" or "hidden" or "button" or "reset" or "file") }) == 1))
        {
            new PageElement(_page, form).Submit();
        }
    }

    private static bool IsCharacter(string key) => key.EnumerateRunes().Count() == 1;

    private static string CodeOf(string key) => key switch
    {
        " " => "Space",
        [var letter] when char.IsAsciiLetter(letter) => $"Key{char.ToUpperInvariant(letter)}",
        [var digit] when char.IsAsciiDigit(digit) => $"Digit{digit}",
        _ => IsCharacter(key) ? "" : key,
    };
}
