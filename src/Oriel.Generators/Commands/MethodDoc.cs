using Microsoft.CodeAnalysis;

namespace Oriel.Generators;

/// <summary>What the documentation comment of a method says, as plain text.</summary>
internal sealed record MethodDoc(string Summary, string Returns, EquatableArray<ParameterDoc> Parameters)
{
    public static MethodDoc Read(IMethodSymbol method, CancellationToken cancellationToken)
    {
        var documentation = Documentation.Of(method, cancellationToken);
        return new MethodDoc(
            documentation.Summary,
            documentation.Returns,
            method.Parameters
                .Select(parameter => new ParameterDoc(parameter.Name, documentation.Parameter(parameter.Name)))
                .Where(static doc => doc.Text.Length > 0)
                .ToEquatableArray());
    }

    public string Of(string parameter)
    {
        foreach (var doc in Parameters)
        {
            if (doc.Name == parameter)
            {
                return doc.Text;
            }
        }

        return "";
    }
}

/// <summary>What a comment says of a parameter.</summary>
internal sealed record ParameterDoc(string Name, string Text);
