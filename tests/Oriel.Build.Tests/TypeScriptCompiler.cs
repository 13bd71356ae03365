using System.Text.Json;

namespace Oriel.Build.Tests;

/// <summary>The compiler of TypeScript that js/client is checked with.</summary>
internal static class TypeScriptCompiler
{
    public static async Task RunAsync(TemporaryFolder folder, IReadOnlyList<string> files, params string[] options)
    {
        var compiler = Repository.PathOf("js", "client", "node_modules", "typescript", "bin", "tsc");
        Assert.True(File.Exists(compiler), $"{compiler} is missing: run npm ci in js/client (./test does).");

        var configuration = folder.Write("tsconfig.json", $$"""
            {
              "compilerOptions": {
                "target": "ES2022",
                "module": "ESNext",
                "moduleResolution": "Bundler",
                "lib": ["ES2022", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
                "types": [],
                "paths": {
                  "@oriel/client": ["{{Repository.PathOf("js", "client", "src", "index.ts").Replace('\\', '/')}}"],
                  "@oriel/client/*": ["{{Repository.PathOf("js", "client", "adapters").Replace('\\', '/')}}/*.ts"]
                },
                "strict": true,
                "noUncheckedIndexedAccess": true,
                "noImplicitOverride": true,
                "noUnusedLocals": true,
                "exactOptionalPropertyTypes": true,
                "isolatedModules": true,
                "verbatimModuleSyntax": true,
                "erasableSyntaxOnly": true
              },
              "files": {{JsonSerializer.Serialize(files.ToArray(), PathJson.Default.StringArray)}}
            }
            """);
        await Command.RunAsync(folder.Path, "node", [compiler, "--project", configuration, .. options]);
    }
}
