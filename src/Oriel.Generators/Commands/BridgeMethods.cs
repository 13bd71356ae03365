using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Oriel.Generators;

/// <summary>The names of methods whose type arguments cross the bridge, by which calls are sorted out before anything is asked about them.</summary>
internal static class BridgeMethods
{
    private static readonly string[] s_own = ["EmitAsync", "On", "Once", "State"];

    // A file that has not changed keeps its tree, and what was found in it.
    private static readonly ConditionalWeakTable<SyntaxTree, string[]> s_declared = new();
    private static readonly ConditionalWeakTable<Compilation, HashSet<string>> s_names = new();

    /// <summary>Those of Oriel, and those that are declared in the compilation. Methods of other assemblies are known by type arguments in the call.</summary>
    public static HashSet<string> Of(Compilation compilation) => s_names.GetValue(
        compilation,
        static compilation => new HashSet<string>(compilation.SyntaxTrees.SelectMany(static tree => s_declared.GetValue(tree, Declared)).Concat(s_own), StringComparer.Ordinal));

    private static string[] Declared(SyntaxTree tree)
    {
        var names = new List<string>();
        foreach (var parameter in tree.GetRoot().DescendantNodes().OfType<TypeParameterSyntax>())
        {
            var isMarked = parameter.AttributeLists.SelectMany(static list => list.Attributes).Any(static attribute => attribute.Name.ToString().Contains("BridgeType"));
            var name = parameter.Parent?.Parent switch
            {
                MethodDeclarationSyntax method => method.Identifier.ValueText,
                LocalFunctionStatementSyntax function => function.Identifier.ValueText,
                _ => null,
            };
            if (isMarked && name is not null)
            {
                names.Add(name);
            }
        }

        return [.. names];
    }
}
