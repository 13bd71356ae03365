using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Oriel.Generators.Tests;

/// <summary>What the editor offers for a type that cannot be described.</summary>
public sealed class CodeFixTests
{
    private const string Source = """
        using System.Text.Json.Serialization;

        namespace Demo;

        [JsonSerializable(typeof(int))]
        internal sealed partial class DemoJson : JsonSerializerContext;

        internal sealed class NotAContext;

        internal sealed class Grid
        {
            public int[,] Cells { get; set; } = new int[1, 1];
        }
        """;

    [Fact]
    public async Task A_type_is_added_to_the_context_of_the_application()
    {
        var document = Document();
        var action = Assert.Single(await ActionsAsync(document, "ORIEL103", "'int[,]' cannot cross the bridge: JSON has arrays of one dimension."));

        var operation = Assert.IsType<ApplyChangesOperation>(Assert.Single(await action.GetOperationsAsync(TestContext.Current.CancellationToken)));
        var text = (await operation.ChangedSolution.GetDocument(document.Id)!.GetTextAsync(TestContext.Current.CancellationToken)).ToString().ReplaceLineEndings("\n");

        Assert.Equal("Add [JsonSerializable(typeof(int[,]))] to DemoJson", action.Title);
        Assert.Contains("[JsonSerializable(typeof(int))]\n[JsonSerializable(typeof(int[,]))]\ninternal sealed partial class DemoJson", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_offered_for_a_text_that_names_no_type() =>
        Assert.Empty(await ActionsAsync(Document(), "ORIEL101", "No type is named."));

    private static Document Document()
    {
        var workspace = new AdhocWorkspace();
        var compilation = Generation.Compilation();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Create(), "Demo", "Demo", LanguageNames.CSharp,
            compilationOptions: compilation.Options, parseOptions: compilation.SyntaxTrees[0].Options, metadataReferences: compilation.References));
        return workspace.AddDocument(project.Id, "Demo.cs", SourceText.From(Source.ReplaceLineEndings("\n")));
    }

    private static async Task<List<CodeAction>> ActionsAsync(Document document, string id, string message)
    {
        var descriptor = new DiagnosticDescriptor(id, "title", message.Replace("{", "{{", StringComparison.Ordinal), "Oriel", DiagnosticSeverity.Error, true);
        var tree = (await document.GetSyntaxTreeAsync(TestContext.Current.CancellationToken))!;
        var diagnostic = Diagnostic.Create(descriptor, Location.Create(tree, new TextSpan(0, 1)));

        var actions = new List<CodeAction>();
        var context = new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken);
        await new SerializableCodeFix().RegisterCodeFixesAsync(context);
        return actions;
    }
}
