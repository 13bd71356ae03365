using System.Text.Json;

namespace Oriel.Radzen.EndToEnd;

/// <summary>Listens to what goes wrong in a page: exceptions, promises that nobody looked at, and what its policy refuses.</summary>
internal static class Complaints
{
    public const string Watch = """
        globalThis.complaints = [];
        addEventListener("error", event => complaints.push(`${event.message} ${event.error?.stack ?? ""}`));
        addEventListener("unhandledrejection", event => complaints.push(`${event.reason} ${event.reason?.stack ?? ""}`));
        document.addEventListener("securitypolicyviolation", event => complaints.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
        """;

    public const string Take = "return globalThis.complaints.splice(0);";

    public static IReadOnlyList<string> Of(JsonElement complaints) => [.. complaints.EnumerateArray().Select(static complaint => complaint.GetString()!)];
}
