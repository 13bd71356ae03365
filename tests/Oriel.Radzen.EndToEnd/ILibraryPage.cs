using System.Text.Json;

namespace Oriel.Radzen.EndToEnd;

/// <summary>The sample's page as a person uses it, whatever shows it.</summary>
public interface ILibraryPage
{
    /// <summary>What pictures of it are called.</summary>
    string Name { get; }

    /// <summary>Runs the body of an async function in the page; its result is JSON.</summary>
    Task<JsonElement> RunAsync(string script);

    /// <summary>Waits until an expression is true in the page.</summary>
    Task UntilAsync(string expression);

    /// <summary>Clicks with the mouse, at a place of the page.</summary>
    Task MouseAsync(int x, int y);

    /// <summary>Types a text into what has the focus.</summary>
    Task TypeAsync(string text);

    /// <summary>Takes a picture, and keeps it where pictures are wanted.</summary>
    Task<byte[]> PictureAsync(string name);

    /// <summary>What the page's scripts have complained about since the last call.</summary>
    Task<IReadOnlyList<string>> ComplaintsAsync();
}
