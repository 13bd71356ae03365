namespace Oriel.Build.Tests;

public sealed class MockTests
{
    private const string Manifest = """
        {
          "version": 1,
          "commands": [
            {"name": "rename", "kind": "call", "result": "void"},
            {"name": "greet", "kind": "call", "params": [{"name": "name", "type": "string"}], "result": "string"},
            {"name": "scans.walk", "kind": "stream", "params": [{"name": "root", "type": "string"}], "result": "number"}
          ],
          "events": [{"name": "note", "type": "string", "from": "page"}, {"name": "progress", "type": "number"}],
          "states": [{"name": "cart", "type": "string[]", "writable": true}]
        }
        """;

    private const string Page = """
        import { events, greet, rename, scans, states } from "./oriel";
        import { createMock } from "./oriel.mock";

        const mock = createMock(
          {
            greet: ({ name }) => `Hello, ${name}!`,
            *"scans.walk"({ root }) {
              yield root.length;
              yield 2;
            },
          },
          { cart: ["a"] },
        );

        console.log(await greet({ name: "Ada" }));
        for await (const item of scans.walk({ root: "/" })) {
          console.log(item);
        }

        const stop = events.onProgress((value) => console.log("progress", value));
        mock.emit("progress", 1);
        stop();
        mock.emit("progress", 2);
        await events.emitNote("n");
        console.log(JSON.stringify(mock.emitted));

        states.cart.subscribe((cart) => console.log("cart", cart.join()));
        await states.cart.set((cart) => [...cart, "b"]);
        mock.setState("cart", []);

        await rename().catch((error: Error) => console.log(error.message));
        await greet({ name: "late" }, { signal: AbortSignal.abort() }).catch((error: Error) => console.log(error.name));
        console.log(JSON.stringify(mock.calls.map((call) => call.name)));
        mock.restore();
        console.log("oriel" in globalThis);
        """;

    [Fact]
    public async Task A_page_that_is_tested_with_the_mock_hears_what_the_test_says()
    {
        using var folder = new TemporaryFolder();
        var manifest = ManifestParser.Parse(Manifest);
        folder.Write("oriel.ts", TypeScriptRenderer.Render(manifest));
        folder.Write("oriel.mock.ts", MockRenderer.Render(manifest, "./oriel"));
        folder.Write("package.json", """{"type":"module"}""");
        // Node wants the whole name of a file.
        var page = folder.Write("page.ts", Page.Replace("./oriel\"", "./oriel.js\"", StringComparison.Ordinal).Replace("./oriel.mock\"", "./oriel.mock.js\"", StringComparison.Ordinal));

        await TypeScriptCompiler.RunAsync(folder, [page], "--outDir", folder.PathOf("out"));
        var output = await Command.RunAsync(folder.Path, "node", folder.PathOf("out", "page.js"));

        Assert.Equal(
            """
            Hello, Ada!
            1
            2
            progress 1
            [{"name":"note","data":"n"}]
            cart a
            cart a,b
            cart 
            The mock has no handler for the command "rename". Give createMock one: { "rename": (args) => ... }
            AbortError
            ["greet","scans.walk","rename","greet"]
            false

            """, output);
    }
}
