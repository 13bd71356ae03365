using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Oriel.Testing;

public sealed partial class PageElement
{
    /// <summary>Types text behind what is there, key by key. A bound value that follows changes only is told when the element loses the focus.</summary>
    public void Type(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        RequireText("typed into");
        _page.MoveFocus(_element);
        foreach (var rune in text.EnumerateRunes())
        {
            Press(rune.ToString());
        }
    }

    /// <summary>Replaces what it holds, and leaves it as the focus does: what is bound to input and to changes is told both.</summary>
    public void Change(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (_element is IHtmlSelectElement)
        {
            Select(value);
            return;
        }

        RequireText("changed");
        RequireLength(value);
        _page.MoveFocus(_element);
        _page.Read(() => Normalize(value) == value ? true : throw Refuse($"cannot hold \"{value}\": its type is {_element.GetAttribute("type")}"));
        SetText(value);
        _page.CommitEdit(_element);
    }

    /// <summary>Empties it.</summary>
    public void Clear() => Change("");

    /// <summary>Checks a checkbox or a radio button, or unchecks a checkbox; nothing when it is so already.</summary>
    public void Check(bool isChecked = true)
    {
        if (_element is not IHtmlInputElement { Type: "checkbox" or "radio" } input)
        {
            throw Refuse("cannot be checked");
        }

        if (!isChecked && input.Type == "radio")
        {
            throw Refuse("cannot be unchecked: check another radio button of its group");
        }

        if (IsChecked != isChecked)
        {
            Click();
        }
    }

    /// <summary>Selects options by their values, and no others.</summary>
    public void Select(params string[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Require("changed");
        if (_element is not IHtmlSelectElement select)
        {
            throw Refuse("has no options to select");
        }

        _page.MoveFocus(_element);
        _page.Read(() => ChooseOptions(select, values));
        RaiseChange("input");
        RaiseChange("change");
    }

    /// <summary>Chooses files in an input of files, and no others: of the component <c>InputFile</c> or with a handler of its own.</summary>
    /// <param name="files">The files; none takes back what was chosen.</param>
    public void SetInputFiles(params PageFile[] files)
    {
        ArgumentNullException.ThrowIfNull(files);

        // Such an input is often hidden behind something that opens it.
        if (_element is not IHtmlInputElement { Type: "file" })
        {
            throw Refuse("takes no files: it is no input of the type file");
        }

        _page.Read(() => !IsShown ? throw Refuse("is gone from the page: find it again")
            : (InertBy ?? DisabledBy) is { } obstacle ? throw Refuse($"takes no files: {obstacle}")
            : files.Length > 1 && !_element.HasAttribute("multiple") ? throw Refuse($"takes one file, and not {files.Length}: it has no attribute multiple")
            : true);

        // A browser tells nobody where a file is.
        var value = files.Length == 0 ? "" : $@"C:\fakepath\{files[0].Name}";
        foreach (var name in (string[])["input", "change"])
        {
            _page.Raise(_element, name, json =>
            {
                json.WriteString("type", name);
                json.WriteString("value", value);
            });
        }

        _page.Files.Choose(_element, files);
    }

    /// <summary>Gives it the focus.</summary>
    public void Focus()
    {
        Require("focused");
        if (Focusable != _element)
        {
            throw Refuse("cannot have the focus: it has no tabindex and is no form element or link");
        }

        _page.MoveFocus(_element);
    }

    /// <summary>Takes the focus from it.</summary>
    public void Blur()
    {
        if (!IsFocused)
        {
            throw Refuse("has no focus to lose");
        }

        _page.MoveFocus(null);
    }

    /// <summary>Submits a form, as Enter in one of its fields does.</summary>
    /// <exception cref="ComponentPageException">A browser would not, as a field is not valid.</exception>
    public void Submit() => SubmitBy(null);

    private void SubmitBy(IElement? submitter)
    {
        Require("submitted");
        if (_element is not IHtmlFormElement form)
        {
            throw Refuse("cannot be submitted: it is no form");
        }

        // The focus leaves a field, or Enter is pressed in it: both tell of its change.
        if (_page.Focused is { } focused)
        {
            _page.CommitEdit(focused);
        }

        _page.Read(() => form.HasAttribute("novalidate") || submitter?.HasAttribute("formnovalidate") == true || FormRules.Broken(form) is not { } broken
            ? true
            : throw Refuse($"cannot be submitted: {Describe(broken.Field)} {broken.Rule}"));
        var isAllowed = _page.Raise(_element, "submit", json => json.WriteString("type", "submit"));
        if (isAllowed && _page.Read(() => _page.Tree.Find(_element) is not { } written || !written.Handlers.ContainsKey("submit")))
        {
            throw Refuse("has no handler of its submission: a browser would load another document");
        }
    }

    private bool ChooseOptions(IHtmlSelectElement select, string[] values)
    {
        if (values.Length != 1 && !select.IsMultiple)
        {
            throw Refuse($"takes one option, and not {values.Length}");
        }

        foreach (var value in values)
        {
            var option = select.Options.FirstOrDefault(option => option.Value == value)
                ?? throw Refuse($"has no option \"{value}\". It has: {string.Join(", ", select.Options.Select(option => $"\"{option.Value}\""))}");
            if (option.IsDisabled || option.Closest("optgroup")?.HasAttribute("disabled") == true)
            {
                throw Refuse($"has the option \"{value}\", which is disabled");
            }
        }

        foreach (var option in select.Options)
        {
            option.IsSelected = values.Contains(option.Value);
        }

        _page.Tree.Find(select)?.ForgetSelection();
        return true;
    }

    private void RequireText(string action)
    {
        Require(action);
        if (_element is not (IHtmlTextAreaElement or IHtmlInputElement { Type: not ("checkbox" or "radio" or "button" or "submit" or "reset" or "image" or "file" or "hidden") }))
        {
            throw Refuse($"cannot be {action}: it takes no text");
        }

        if (_element.HasAttribute("readonly"))
        {
            throw Refuse($"cannot be {action}: it is read-only");
        }
    }

    private void RequireLength(string value)
    {
        if (int.TryParse(_element.GetAttribute("maxlength"), out var most) && most >= 0 && value.Length > most)
        {
            throw Refuse($"takes at most {most} characters, and not {value.Length}");
        }
    }

    private void SetText(string value)
    {
        _page.Read(() =>
        {
            _page.BeginEdit(_element, ComponentPage.TextIn(_element));
            if (_element is IHtmlTextAreaElement area)
            {
                area.Value = value;
            }
            else
            {
                ((IHtmlInputElement)_element).Value = value;
            }

            return true;
        });
        RaiseChange("input");
    }

    private string Normalize(string value) => _element is IHtmlInputElement input ? FormRules.Sanitize(input.Type, value) : value;

    private void RaiseChange(string name) => _page.Raise(_element, name, json => ComponentPage.WriteChange(json, name, _element));
}
