using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Oriel.Generators;

/// <summary>Writes the code behind commands, the JSON metadata of the types that cross the bridge, and the description that TypeScript is made from.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class OrielGenerator : IIncrementalGenerator
{
    /// <summary>What the steps are called where they are tracked.</summary>
    internal static class Steps
    {
        public const string Classes = "Classes";
        public const string Sites = "Sites";
        public const string Uses = "Uses";
        public const string Findings = "Findings";
        public const string Code = "Code";
        public const string Types = "Types";
        public const string Manifest = "Manifest";
    }

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var classes = context.SyntaxProvider.ForAttributeWithMetadataName(
            CommandReader.CommandsAttribute,
            static (node, _) => node is TypeDeclarationSyntax,
            static (context, cancellationToken) => FindingMemory.Of(context.TargetNode, context.SemanticModel.Compilation, classes => ReadClass(context, classes, cancellationToken), cancellationToken)).WithTrackingName(Steps.Classes);

        var sites = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => SiteReader.IsCandidate(node), static (context, cancellationToken) => Remembered(context, SiteReader.Read, cancellationToken))
            .Where(static found => found != Found.Nothing)
            .WithTrackingName(Steps.Sites);

        var uses = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => BridgeUseReader.IsCandidate(node), static (context, cancellationToken) => Remembered(context, static (context, _, cancellationToken) => BridgeUseReader.Read(context, cancellationToken), cancellationToken))
            .Where(static found => found != Found.Nothing)
            .WithTrackingName(Steps.Uses);

        var strays = context.SyntaxProvider.ForAttributeWithMetadataName(
            CommandReader.CommandAttribute,
            static (node, _) => node is MethodDeclarationSyntax or LocalFunctionStatementSyntax,
            static (context, _) => Stray((IMethodSymbol)context.TargetSymbol));

        // The commands of a base class are those of the classes that are derived from it.
        var bases = context.SyntaxProvider.ForAttributeWithMetadataName(
            CommandReader.CommandsAttribute,
            static (node, _) => node is TypeDeclarationSyntax { BaseList: not null },
            static (context, _) => Bases((INamedTypeSymbol)context.TargetSymbol)).SelectMany(static (types, _) => types).Collect();

        var found = classes.Collect().Combine(sites.Collect()).Combine(uses.Collect());

        // Without the places, which change with every line that is typed above them.
        var findings = found
            .Select(static (all, _) => All(all.Left.Left, all.Left.Right, all.Right).Where(static each => each.Finding is not null).Select(static each => each.Finding!).ToEquatableArray())
            .WithTrackingName(Steps.Findings);

        var code = findings.SelectMany(static (all, _) => DispatchClasses(all)).WithTrackingName(Steps.Code);
        context.RegisterSourceOutput(code, static (context, file) => context.AddSource(file.HintName, DispatchEmitter.Emit(file.Model)));

        var places = findings.Select(static (all, _) => all.Where(static each => each.Site is not null).Select(static each => each.Site!).ToEquatableArray());
        context.RegisterSourceOutput(places, static (context, sites) =>
        {
            if (sites.Count > 0)
            {
                context.AddSource("Interceptors.g.cs", InterceptorEmitter.Emit(sites));
            }
        });

        var shapes = findings.Select(static (all, _) => Shapes(all)).WithTrackingName(Steps.Types);
        context.RegisterSourceOutput(shapes, static (context, shapes) =>
        {
            if (ResolverEmitter.Emit(shapes) is { Length: > 0 } resolver)
            {
                context.AddSource("OrielJsonResolver.g.cs", resolver);
            }
        });

        var manifest = findings.Select(static (all, _) => Manifest(all)).WithTrackingName(Steps.Manifest);
        context.RegisterSourceOutput(manifest, static (context, manifest) =>
        {
            if (manifest.Length > 0)
            {
                context.AddSource("BridgeManifest.g.cs", manifest);
            }
        });

        // What a #pragma in the source suppresses is seen at places of that source alone.
        context.RegisterSourceOutput(
            found.Combine(context.CompilationProvider),
            static (context, all) => Report(context, All(all.Left.Left.Left, all.Left.Left.Right, all.Left.Right), all.Right));
        context.RegisterSourceOutput(strays.Combine(bases).Combine(context.CompilationProvider), static (context, all) =>
        {
            var ((stray, bases), compilation) = all;
            if (stray.Diagnostic is not null && !bases.Contains(stray.Type))
            {
                context.ReportDiagnostic(stray.Diagnostic.ToDiagnostic(compilation));
            }
        });
    }

    private static Found ReadClass(GeneratorAttributeSyntaxContext context, ICollection<INamedTypeSymbol> classes, CancellationToken cancellationToken)
    {
        var reader = new CommandReader(context.SemanticModel.Compilation, cancellationToken, classes);
        var finding = ClassReader.Read(reader, (INamedTypeSymbol)context.TargetSymbol, null);
        return new Found(finding, reader.Diagnostics, reader.Names);
    }

    private static Found Remembered(GeneratorSyntaxContext context, Func<GeneratorSyntaxContext, ICollection<INamedTypeSymbol>, CancellationToken, Found> read, CancellationToken cancellationToken) =>
        FindingMemory.Of(context.Node, context.SemanticModel.Compilation, classes => read(context, classes, cancellationToken), cancellationToken);

    private static IEnumerable<Found> All(IEnumerable<Found> classes, IEnumerable<Found> sites, IEnumerable<Found> uses) => classes.Concat(sites).Concat(uses);

    private static (string Type, DiagnosticInfo? Diagnostic) Stray(IMethodSymbol method) =>
        method.ContainingType.Attribute(CommandReader.CommandsAttribute) is not null
        || method.MethodKind == MethodKind.LocalFunction

        // Of a base class that others may derive from, in another assembly.
        || (!method.ContainingType.IsSealed && !method.ContainingType.IsStatic && (method.ContainingType.IsAbstract || method.IsVirtual))
            ? ("", null)
            : (CSharpText.Of(method.ContainingType.OriginalDefinition), DiagnosticInfo.Create(Descriptors.CommandOutside, SourceLocation.Of(CommandReader.Where(method, null)), method.Name, method.ContainingType.Name));

    private static EquatableArray<string> Bases(INamedTypeSymbol type)
    {
        var bases = new List<string>();
        for (var current = type.BaseType; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            bases.Add(CSharpText.Of(current.OriginalDefinition));
        }

        return bases.ToEquatableArray();
    }

    // A class is found where it is declared, and again wherever it is mapped.
    private static IEnumerable<(string HintName, ClassModel Model)> DispatchClasses(IEnumerable<Finding> findings)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return findings
            .Select(static finding => finding.Class)
            .OfType<ClassModel>()
            .Where(model => seen.Add(model.Id))

            // Names of files do not tell capitals apart, as names of classes do.
            .GroupBy(static model => model.Id, StringComparer.OrdinalIgnoreCase)
            .SelectMany(static group => group.Select(model => (group.Count() == 1 ? $"{model.Id}.g.cs" : $"{model.Id}_{StableHash.Of(model.Id)}.g.cs", model)));
    }

    private static EquatableArray<TypeShape> Shapes(IEnumerable<Finding> findings)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return findings.SelectMany(static finding => finding.Shapes).Where(shape => seen.Add(shape.CSharp)).ToEquatableArray();
    }

    private static string Manifest(EquatableArray<Finding> findings)
    {
        if (findings.Count == 0)
        {
            return "";
        }

        var commands = First(findings.SelectMany(static finding => finding.Listed), static each => each.Name);
        var events = First(findings.Where(static finding => finding.Event is not null).Select(static finding => finding.Event!), static each => $"{each.IsFromPage} {each.Name}");
        var states = First(findings.Where(static finding => finding.State is not null).Select(static finding => finding.State!), static each => each.Name);
        return ManifestEmitter.Emit(commands, events, states, Shapes(findings));
    }

    private static List<T> First<T>(IEnumerable<T> items, Func<T, string> key)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. items.Where(item => seen.Add(key(item)))];
    }

    private static void Report(SourceProductionContext context, IEnumerable<Found> found, Compilation compilation)
    {
        var reported = new HashSet<DiagnosticInfo>();
        var names = new Dictionary<(string Kind, string Name), string>();
        foreach (var each in found)
        {
            foreach (var diagnostic in each.Diagnostics)
            {
                if (reported.Add(diagnostic))
                {
                    context.ReportDiagnostic(diagnostic.ToDiagnostic(compilation));
                }
            }

            foreach (var place in each.Names)
            {
                if (!names.TryGetValue((place.Kind, place.Name), out var signature))
                {
                    names.Add((place.Kind, place.Name), place.Signature);
                }
                else if (signature != place.Signature)
                {
                    var duplicate = place.Kind == NamedPlace.Command
                        ? DiagnosticInfo.Create(Descriptors.DuplicateName, place.Where, place.Name)
                        : DiagnosticInfo.Create(Descriptors.TwoTypes, place.Where, place.Kind, place.Name);
                    context.ReportDiagnostic(duplicate.ToDiagnostic(compilation));
                }
            }
        }
    }
}
