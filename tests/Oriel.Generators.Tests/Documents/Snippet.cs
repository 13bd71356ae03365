using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Oriel.Generators.Tests;

/// <summary>A block of C# in a page of the documentation.</summary>
/// <param name="Page">The page, relative to the checkout.</param>
/// <param name="Line">The line that it begins in, from 1.</param>
/// <param name="Code">What it says.</param>
internal sealed record Snippet(string Page, int Line, string Code)
{
    /// <summary>The blocks of a page.</summary>
    public static IReadOnlyList<Snippet> Of(string page, string text)
    {
        var snippets = new List<Snippet>();
        var code = new StringBuilder();
        var begin = 0;
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (begin == 0)
            {
                begin = lines[i] == "```csharp" ? i + 2 : 0;
            }
            else if (lines[i] == "```")
            {
                snippets.Add(new Snippet(page, begin, code.ToString()));
                code.Clear();
                begin = 0;
            }
            else
            {
                // What only the program of a single file may say.
                code.Append(lines[i].StartsWith("#:", StringComparison.Ordinal) ? "" : lines[i]).Append('\n');
            }
        }

        Assert.True(begin == 0, $"{page}:{begin}: the block has no end.");
        return snippets;
    }

    /// <summary>A file of a project: statements are in a method, types beside it, and errors are told with the line of the page.</summary>
    public string ToFile()
    {
        var root = CSharpSyntaxTree.ParseText(Code, Generation.ParseOptions).GetCompilationUnitRoot();
        var statements = root.Members.OfType<GlobalStatementSyntax>().ToList();
        var file = new StringBuilder();
        root.Usings.ToList().ForEach(Append);
        if (statements.Count > 0)
        {
            file.Append(CultureInfo.InvariantCulture, $"internal static class Snippet{Line}\n{{\npublic static async Task<int> RunAsync(string[] args)\n{{\n");
            statements.ForEach(Append);
            file.Append(statements[^1].Statement is ReturnStatementSyntax ? "}\n}\n" : "return await Task.FromResult(0);\n}\n}\n");
        }

        root.Members.Where(static member => member is not GlobalStatementSyntax).ToList().ForEach(Append);
        return file.ToString();

        void Append(SyntaxNode node)
        {
            var line = Line + node.GetLocation().GetLineSpan().StartLinePosition.Line - node.GetLeadingTrivia().ToFullString().Count(static letter => letter == '\n');
            file.Append(CultureInfo.InvariantCulture, $"#line {line} \"{Page}\"\n{node.ToFullString()}\n#line default\n");
        }
    }
}
