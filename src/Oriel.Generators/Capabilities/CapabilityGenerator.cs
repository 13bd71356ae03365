using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Oriel.Generators.Capabilities;

/// <summary>Compiles <c>oriel.capabilities.json</c> into the program: nothing beside it can change what documents may do.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class CapabilityGenerator : IIncrementalGenerator
{
    private const string FileName = "oriel.capabilities.json";
    private const string Security = "global::Oriel.Security";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var files = context.AdditionalTextsProvider
            .Where(static file => string.Equals(System.IO.Path.GetFileName(file.Path), FileName, StringComparison.OrdinalIgnoreCase))
            .Select(static (file, cancellationToken) => CapabilityFileReader.Read(file, cancellationToken))
            .Where(static file => file is not null)
            .Collect()
            .Select(static (all, _) => all.Select(static file => file!).ToEquatableArray())
            .WithTrackingName("Files");

        var called = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => KnownNames.IsCandidate(node), static (context, _) => KnownNames.Of(context.Node))
            .Where(static name => name is not null)
            .Collect();
        var attributed = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownNames.CommandAttribute, static (_, _) => true, static (context, _) => KnownNames.OfCommand(context).ToEquatableArray())
            .Collect();
        var known = called.Combine(attributed)
            .Select(static (both, _) => Merge(both.Left, both.Right))
            .WithTrackingName("Known");

        context.RegisterSourceOutput(files.Combine(known), static (context, both) => Generate(context, both.Left, both.Right));
    }

    private static EquatableArray<KnownName> Merge(ImmutableArray<KnownName?> called, ImmutableArray<EquatableArray<KnownName>> attributed) =>
        called.Select(static name => name!)
            .Concat(attributed.SelectMany(static names => names))
            .Distinct()
            .OrderBy(static name => name.Kind)
            .ThenBy(static name => name.Name, StringComparer.Ordinal)
            .ToEquatableArray();

    private static void Generate(SourceProductionContext context, EquatableArray<CapabilityFileModel> files, EquatableArray<KnownName> known)
    {
        if (files.Count == 0)
        {
            return;
        }

        var diagnostics = files.SelectMany(static file => file.Diagnostics).Concat(Check(files, known)).ToArray();
        foreach (var diagnostic in diagnostics)
        {
            context.ReportDiagnostic(diagnostic.ToDiagnostic());
        }

        // Half a table would deny what its author granted, and nobody would see why.
        if (!diagnostics.Any(static diagnostic => diagnostic.Descriptor.DefaultSeverity == DiagnosticSeverity.Error))
        {
            context.AddSource("OrielCapabilities.g.cs", Write(files, known));
        }
    }

    private static IEnumerable<DiagnosticInfo> Check(EquatableArray<CapabilityFileModel> files, EquatableArray<KnownName> known)
    {
        var capabilities = files.SelectMany(static file => file.Capabilities).ToArray();
        var defined = new HashSet<string>(StringComparer.Ordinal);
        foreach (var capability in capabilities)
        {
            // Twice in one file is told where the file is read.
            if (!defined.Add(capability.Name.Text))
            {
                yield return DiagnosticInfo.Create(CapabilityDiagnostics.Duplicate, capability.Name.Location, capability.Name.Text);
            }
        }

        foreach (var name in files.SelectMany(static file => file.Grants).SelectMany(static grant => grant.Capabilities))
        {
            if (!defined.Contains(name.Text) && !known.Contains(new KnownName(KnownKind.Capability, name.Text)))
            {
                yield return DiagnosticInfo.Create(CapabilityDiagnostics.UnknownCapability, name.Location, name.Text);
            }
        }

        foreach (var capability in capabilities)
        {
            foreach (var hint in Hints(KnownKind.Command, "command", capability.Commands, known)
                .Concat(Hints(KnownKind.Event, "event", capability.Events, known))
                .Concat(Hints(KnownKind.State, "state", capability.States, known))
                .Concat(Hints(KnownKind.State, "state", capability.StateWrites, known)))
            {
                yield return hint;
            }
        }
    }

    private static IEnumerable<DiagnosticInfo> Hints(KnownKind kind, string word, EquatableArray<NameModel> patterns, EquatableArray<KnownName> known)
    {
        var names = known.Where(name => name.Kind == kind).Select(static name => name.Name).ToArray();
        if (names.Contains(null))
        {
            yield break;
        }

        foreach (var pattern in patterns)
        {
            // The bridge's own, and those of plug-ins and back ends, are named elsewhere.
            var isElsewhere = pattern.Text == "*" || pattern.Text.StartsWith("oriel.", StringComparison.Ordinal) || pattern.Text.IndexOf(':') >= 0;
            if (!isElsewhere && !names.Any(name => Covers(pattern.Text, name!)))
            {
                yield return DiagnosticInfo.Create(CapabilityDiagnostics.CoversNothing, pattern.Location, pattern.Text, word);
            }
        }
    }

    private static bool Covers(string pattern, string name) =>
        pattern.EndsWith("*", StringComparison.Ordinal) ? name.Length >= pattern.Length && name.StartsWith(pattern.Substring(0, pattern.Length - 1), StringComparison.Ordinal) : name == pattern;

    private static string Write(EquatableArray<CapabilityFileModel> files, EquatableArray<KnownName> known)
    {
        var capabilities = files.SelectMany(static file => file.Capabilities).ToArray();
        var grants = files.SelectMany(static file => file.Grants).ToArray();

        // A capability that only commands name covers nothing by name, but must be there to be granted.
        var named = grants.SelectMany(static grant => grant.Capabilities).Select(static name => name.Text)
            .Where(name => !capabilities.Any(capability => capability.Name.Text == name))
            .Distinct(StringComparer.Ordinal);

        var code = new CodeWriter()
            .Line("// <auto-generated/>")
            .Line("#nullable enable")
            .Line()
            .Open("namespace Oriel.Generated")
            .Line("/// <summary>What oriel.capabilities.json said when this was compiled.</summary>")
            .Open("internal static class OrielCapabilities")
            .Line("[global::System.Runtime.CompilerServices.ModuleInitializer]")
            .Line($"internal static void Register() => {Security}.CapabilityFile.Register(new {Security}.CapabilityFile")
            .Open()
            .Line($"Capabilities = new {Security}.CapabilityDefinition[]")
            .Open();
        foreach (var capability in capabilities)
        {
            code.Line($"new {Security}.CapabilityDefinition({Quote(capability.Name.Text)})").Open();
            WriteList(code, "Commands", capability.Commands);
            WriteList(code, "Events", capability.Events);
            WriteList(code, "States", capability.States);
            WriteList(code, "StateWrites", capability.StateWrites);
            code.Close(",");
        }

        foreach (var name in named)
        {
            code.Line($"new {Security}.CapabilityDefinition({Quote(name)}),");
        }

        code.Close(",").Line($"Grants = new {Security}.CapabilityGrant[]").Open();
        foreach (var grant in grants)
        {
            code.Line($"new {Security}.CapabilityGrant({Quote(grant.Origin)}, {Quote(grant.Window)}, {List(grant.Capabilities)}),");
        }

        return code.Close(",").Close(");").Close().Close().ToString();
    }

    private static void WriteList(CodeWriter code, string member, EquatableArray<NameModel> names)
    {
        if (names.Count > 0)
        {
            code.Line($"{member} = {List(names)},");
        }
    }

    private static string List(EquatableArray<NameModel> names) =>
        names.Count == 0 ? "new string[] { }" : $"new string[] {{ {string.Join(", ", names.Select(static name => Quote(name.Text)))} }}";

    private static string Quote(string? text) => text is null ? "null" : SymbolDisplay.FormatLiteral(text, quote: true);
}
