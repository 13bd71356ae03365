using System.Reflection.Metadata;
using Oriel.Components.Reloading;

[assembly: MetadataUpdateHandler(typeof(ContentUpdate))]

namespace Oriel.Components.Reloading;

/// <summary>Hears from <c>dotnet watch</c> of the static files that it has brought up to date. What changes in C# and Razor re-renders by the framework itself.</summary>
internal static class ContentUpdate
{
    /// <summary>A file has changed, whose path in <c>wwwroot</c> this is.</summary>
    public static event Action<string>? Changed;

    /// <summary>Called by the agent of <c>dotnet watch</c>, by this name and with these parameters.</summary>
    /// <param name="assemblyName">The project whose file it is.</param>
    /// <param name="isApplicationProject">Whether that is the program itself.</param>
    /// <param name="relativePath">Where the file is in the project: <c>wwwroot/css/app.css</c>.</param>
    /// <param name="contents">What is in it now.</param>
    public static void UpdateContent(string assemblyName, bool isApplicationProject, string relativePath, byte[] contents) => Changed?.Invoke(relativePath);
}
