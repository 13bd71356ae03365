namespace Oriel.Components.Rendering;

/// <summary>What a batch is rendered for.</summary>
[Flags]
internal enum RenderCause
{
    None = 0,

    /// <summary>Something happened: in the page, in a task, on another thread.</summary>
    Change = 1,

    /// <summary>What components did after the batch before.</summary>
    Render = 2,
}
