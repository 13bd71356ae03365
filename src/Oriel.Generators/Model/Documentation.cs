using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Oriel.Generators;

/// <summary>What a documentation comment says, as plain text.</summary>
internal sealed class Documentation
{
    /// <summary>Says nothing.</summary>
    public static readonly Documentation None = new(null);

    private readonly XElement? _xml;

    private Documentation(XElement? xml) => _xml = xml;

    /// <summary>The summary, or nothing.</summary>
    public string Summary => Text(_xml?.Element("summary"));

    /// <summary>What is returned, or nothing.</summary>
    public string Returns => Text(_xml?.Element("returns"));

    /// <summary>What is said of a parameter, or nothing.</summary>
    public string Parameter(string name) =>
        Text(_xml?.Elements("param").FirstOrDefault(param => (string?)param.Attribute("name") == name));

    /// <summary>Reads the comment of a symbol.</summary>
    /// <remarks>
    /// Of source it reads the text itself: a project that makes no documentation file has its comments left unparsed by the compiler.
    /// </remarks>
    public static Documentation Of(ISymbol symbol, CancellationToken cancellationToken)
    {
        // Overrides and implementations say what they implement: the chain is short, and a compiler error where it is a cycle.
        for (var depth = 0; depth < 16; depth++)
        {
            var xml = Parse(Comment(symbol, cancellationToken));
            if (xml?.Element("inheritdoc") is null || Inherited(symbol) is not { } inherited)
            {
                return xml is null ? None : new Documentation(xml);
            }

            symbol = inherited;
        }

        return None;
    }

    private static string Comment(ISymbol symbol, CancellationToken cancellationToken)
    {
        if (symbol.DeclaringSyntaxReferences.IsEmpty)
        {
            return symbol.GetDocumentationCommentXml(cancellationToken: cancellationToken) ?? "";
        }

        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            var node = reference.GetSyntax(cancellationToken);
            node = node is VariableDeclaratorSyntax ? node.Parent?.Parent ?? node : node;
            if (node is ParameterSyntax)
            {
                continue;
            }

            var text = new StringBuilder();
            foreach (var trivia in node.GetLeadingTrivia())
            {
                if (trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineDocumentationCommentTrivia)
                    || trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
                {
                    Uncomment(trivia.ToFullString(), text);
                }
            }

            if (text.Length > 0)
            {
                return text.ToString();
            }
        }

        return "";
    }

    private static void Uncomment(string comment, StringBuilder text)
    {
        var isBlock = comment.TrimStart().StartsWith("/**", StringComparison.Ordinal);
        foreach (var line in comment.Split('\n'))
        {
            var content = line.Trim();
            if (content.StartsWith("///", StringComparison.Ordinal) && !content.StartsWith("////", StringComparison.Ordinal))
            {
                text.Append(content, 3, content.Length - 3).Append('\n');
            }
            else if (isBlock)
            {
                content = content.StartsWith("/**", StringComparison.Ordinal) ? content.Substring(3) : content.StartsWith("*", StringComparison.Ordinal) && !content.StartsWith("*/", StringComparison.Ordinal) ? content.Substring(1) : content;
                text.Append(content.EndsWith("*/", StringComparison.Ordinal) ? content.Substring(0, content.Length - 2) : content).Append('\n');
            }
        }
    }

    private static XElement? Parse(string comment)
    {
        if (string.IsNullOrWhiteSpace(comment))
        {
            return null;
        }

        try
        {
            var root = XElement.Parse("<doc>" + comment + "</doc>", LoadOptions.PreserveWhitespace);
            return root.Element("member") ?? root;
        }
        catch (XmlException)
        {
            // The compiler warns of it where documentation is made.
            return null;
        }
    }

    private static ISymbol? Inherited(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { OverriddenMethod: { } method } => method,
        IPropertySymbol { OverriddenProperty: { } property } => property,
        INamedTypeSymbol { BaseType: { SpecialType: not SpecialType.System_Object } type } => type,
        IMethodSymbol or IPropertySymbol => Implemented(symbol),
        _ => null,
    };

    private static ISymbol? Implemented(ISymbol symbol) =>
        symbol.ContainingType.AllInterfaces
            .SelectMany(type => type.GetMembers(symbol.Name))
            .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol));

    private static string Text(XElement? element)
    {
        if (element is null)
        {
            return "";
        }

        var text = new StringBuilder();
        Append(text, element);

        // Blank lines part paragraphs; other white space is how the comment was broken into lines.
        var paragraphs = text.ToString().Replace("\r", "").Split(["\n\n"], StringSplitOptions.RemoveEmptyEntries)
            .Select(paragraph => string.Join(" ", paragraph.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries)))
            .Where(paragraph => paragraph.Length > 0);
        return string.Join("\n\n", paragraphs);
    }

    private static void Append(StringBuilder text, XElement element)
    {
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XText content:
                    text.Append(content.Value);
                    break;
                case XElement { Name.LocalName: "see" or "seealso" or "paramref" or "typeparamref" or "inheritdoc" } reference when reference.IsEmpty:
                    text.Append(Name(reference));
                    break;
                case XElement { Name.LocalName: "c" or "code" } code:
                    text.Append('`').Append(code.Value).Append('`');
                    break;
                case XElement { Name.LocalName: "para" or "item" or "list" } block:
                    text.Append("\n\n");
                    Append(text, block);
                    text.Append("\n\n");
                    break;
                case XElement { Name.LocalName: "br" }:
                    text.Append("\n\n");
                    break;
                case XElement other:
                    Append(text, other);
                    break;
            }
        }
    }

    private static string Name(XElement reference)
    {
        var name = (string?)reference.Attribute("langword") ?? (string?)reference.Attribute("name") ?? (string?)reference.Attribute("href");
        if (name is not null)
        {
            return name;
        }

        // "M:Ns.Type.Member(System.Int32)" is "Member".
        var cref = (string?)reference.Attribute("cref") ?? "";
        var end = cref.IndexOfAny(['(', '{', '`']);
        cref = end < 0 ? cref : cref.Substring(0, end);
        return cref.Substring(Math.Max(cref.LastIndexOf('.'), cref.LastIndexOf(':')) + 1);
    }
}
