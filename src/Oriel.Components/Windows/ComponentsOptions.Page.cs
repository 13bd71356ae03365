namespace Oriel.Components;

// The page that shows the components.
public sealed partial class ComponentsOptions
{
    /// <summary>
    /// Style sheets of the page, in order: paths of the app's assets (<c>_content/Package/theme.css</c>). The theme comes before them; behind them,
    /// where the app has them, <c>css/app.css</c> and the isolated styles of its components (<c>AssemblyName.styles.css</c>).
    /// </summary>
    public IList<string> StyleSheets { get; } = [];

    /// <summary>Scripts of the page, in order: paths of the app's assets. They run behind the one that shows the components, and before the first render.</summary>
    public IList<string> Scripts { get; } = [];

    /// <summary>Whether the page has the theme of Oriel's widgets, which also styles plain elements. True by default.</summary>
    public bool UsesTheme { get; set; } = true;

    /// <summary>
    /// Allows <c>style</c> elements, and <c>style</c> attributes in markup, which the page's Content-Security-Policy refuses otherwise. Many libraries of
    /// components need it; <c>style="..."</c> of an element in a component does not.
    /// </summary>
    public bool AllowInlineStyles { get; set; }

    /// <summary>The page's language as in <c>&lt;html lang&gt;</c>; that of <see cref="System.Globalization.CultureInfo.CurrentUICulture"/> when the page is loaded by default.</summary>
    public string? Language { get; set; }

    /// <summary>Whether the page is written from right to left; as its language is by default.</summary>
    public bool? IsRightToLeft { get; set; }

    /// <summary>The name of the assembly whose static assets the page loads; the program's by default.</summary>
    public string ApplicationName { get; set; } = System.Reflection.Assembly.GetEntryAssembly()?.GetName().Name ?? AppDomain.CurrentDomain.FriendlyName;

    /// <summary>The folder with its static assets: with their manifest as a build leaves it, or with <c>wwwroot</c> as publishing does. The program's by default.</summary>
    public string ApplicationFolder { get; set; } = AppContext.BaseDirectory;
}
