using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Oriel.Bench.Generators;

/// <summary>A project of many commands: in each file half of them are methods of a class, the others lambdas, with records as arguments and results.</summary>
internal sealed class Project(int commands, int files)
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly ImmutableArray<MetadataReference> s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpParseOptions ParseOptions { get; } = CSharpParseOptions.Default
        .WithLanguageVersion(LanguageVersion.Latest)
        .WithDocumentationMode(DocumentationMode.None)
        .WithFeatures([new KeyValuePair<string, string>("InterceptorsNamespaces", "Oriel.Generated")]);

    public int Commands => commands;

    public int Files => files;

    /// <summary>The project as a compiler sees it that has seen nothing of it before.</summary>
    public CSharpCompilation Compile(string name) => CSharpCompilation.Create(
        name,
        [Parse(Usings, "Usings.cs"), .. Enumerable.Range(0, files).Select(file => Parse(Source(file), PathOf(file)))],
        s_references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>The project with another text in one file.</summary>
    public static CSharpCompilation Edit(CSharpCompilation compilation, int file, string source)
    {
        var path = PathOf(file);
        return compilation.ReplaceSyntaxTree(compilation.SyntaxTrees.First(tree => tree.FilePath == path), Parse(source, path));
    }

    /// <summary>A file.</summary>
    /// <param name="file">Which.</param>
    /// <param name="body">Stands in the bodies of its methods.</param>
    /// <param name="parameter">The name of a parameter of its first command.</param>
    public string Source(int file, int body = 0, string parameter = "query")
    {
        var text = new StringBuilder();
        var each = commands / files;
        text.Append(CultureInfo.InvariantCulture, $"namespace App;\n\n/// <summary>What area {file} does.</summary>\n[Oriel.Commands]\npublic sealed class Area{file}\n{{\n");
        for (var i = 0; i < each / 2; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    /// <summary>Finds things of kind {i}.</summary>\n    /// <param name=\"{(i == 0 ? parameter : "query")}\">What to look for.</param>\n");
            text.Append(CultureInfo.InvariantCulture, $"    [Oriel.Command] public async Task<Answer{file}x{i}> Find{i}Async(Query{file}x{i} {(i == 0 ? parameter : "query")}, int limit = 10, CancellationToken cancel = default)\n");
            text.Append(CultureInfo.InvariantCulture, $"    {{\n        await Task.Delay({body}, cancel);\n        return new Answer{file}x{i}([], limit, null);\n    }}\n\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"}}\n\npublic static class Setup{file}\n{{\n    public static void Map(Oriel.OrielApp app)\n    {{\n        app.Commands.Map<Area{file}>();\n");
        for (var i = each / 2; i < each; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"        app.Commands.Map(\"lambda{file}.do{i}\", (Query{file}x{i} query, string name, bool isDeep) => new Answer{file}x{i}([], name.Length + {body}, query));\n");
        }

        text.Append("    }\n}\n\n");
        for (var i = 0; i < each; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"/// <summary>What is looked for.</summary>\npublic sealed record Query{file}x{i}(string Text, int From, int? To, IReadOnlyList<string> Tags, Kind{file} Kind);\n");
            text.Append(CultureInfo.InvariantCulture, $"/// <summary>What was found.</summary>\npublic sealed record Answer{file}x{i}(IReadOnlyList<Query{file}x{i}> Found, double Score, Query{file}x{i}? Next);\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"public enum Kind{file} {{ Small, Large }}\n").ToString();
    }

    private static string PathOf(int file) => $"/app/Area{file}.cs";

    private static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path, Encoding.UTF8);
}
