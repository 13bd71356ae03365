namespace Oriel.Components;

// How the components are served.
public sealed partial class ComponentsOptions
{
    /// <summary>How components are served to browsers, where they are.</summary>
    public ServeOptions Serve { get; set; } = new();
}
