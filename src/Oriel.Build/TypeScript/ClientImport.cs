namespace Oriel.Build;

/// <summary>Where generated functions find the page's client.</summary>
internal enum ClientImport
{
    /// <summary>The <c>oriel</c> that every page has; nothing needs to be installed.</summary>
    Global,

    /// <summary>The npm package <c>@oriel/client</c>.</summary>
    Package,
}
