using Microsoft.Extensions.Logging;

namespace Oriel.Components.Interop;

/// <summary>What calls between C# and the page log. What a page sent is never logged, only what became of it.</summary>
internal static partial class InteropLogMessages
{
    [LoggerMessage(1, LogLevel.Warning, "A method that the page called by [JSInvokable] failed with {Exception}.")]
    public static partial void InvokableFailed(this ILogger logger, string exception, Exception? details);

    [LoggerMessage(2, LogLevel.Warning,
        "The page called a static method of an assembly that holds no components. If it should, add the assembly to ComponentsOptions.JSInvokableAssemblies.")]
    public static partial void StaticCallRefused(this ILogger logger);
}
