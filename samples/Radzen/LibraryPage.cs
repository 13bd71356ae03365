using Oriel;
using Oriel.Components;

namespace RadzenSample;

/// <summary>What the library needs of its page.</summary>
public static class LibraryPage
{
    /// <summary>The window that the sample opens.</summary>
    public static WindowOptions Window => new() { Title = "Radzen", Width = 1100, Height = 780 };

    /// <summary>Gives the page the library's script, and leaves its looks to the library's theme.</summary>
    public static void Configure(ComponentsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        // The theme is a component, <RadzenTheme> in App.razor, which changes from light to dark. Its style sheet is there before the first component, too:
        // nothing is seen without it.
        options.UsesTheme = false;
        options.StyleSheets.Add("_content/Radzen.Blazor/css/material-base.css");

        // What lies behind its dialogs, and some icons, are markup with a style attribute.
        options.AllowInlineStyles = true;
        options.Scripts.Add("_content/Radzen.Blazor/Radzen.Blazor.min.js");
    }
}
