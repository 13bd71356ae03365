using Microsoft.CodeAnalysis;

namespace Oriel.Generators.Capabilities;

/// <summary>What can be wrong with an oriel.capabilities.json. Each has a page in docs/diagnostics.</summary>
internal static class CapabilityDiagnostics
{
    private const string Category = "Oriel";

    public static readonly DiagnosticDescriptor NotJson = Error("ORIEL201", "The file of capabilities is not JSON", "This is not JSON: {0}");

    public static readonly DiagnosticDescriptor WrongShape = Error("ORIEL202", "The file of capabilities has another shape", "{0}");

    public static readonly DiagnosticDescriptor UnknownCapability =
        Error("ORIEL203", "A capability is granted but not defined", "The capability \"{0}\" is not defined: define it in \"capabilities\", or name it in a [Command(Capability = \"{0}\")]");

    public static readonly DiagnosticDescriptor NotAnOrigin =
        Error("ORIEL204", "An origin is malformed", "\"{0}\" is not an origin: write scheme, host and, where it is not the scheme's own, port, as in https://example.com; there are no wildcards");

    public static readonly DiagnosticDescriptor Duplicate = Error("ORIEL205", "Something is there twice", "\"{0}\" is there twice: remove one of them");

    public static readonly DiagnosticDescriptor NameDoesNotFit = Error("ORIEL206", "A name or a pattern does not fit", "{0}");

    public static readonly DiagnosticDescriptor CoversNothing = new(
        "ORIEL207",
        "A name or a pattern covers nothing that is known",
        "\"{0}\" covers no {1} that this project names",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Descriptors.HelpLink("ORIEL207"));

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Descriptors.HelpLink(id));
}
