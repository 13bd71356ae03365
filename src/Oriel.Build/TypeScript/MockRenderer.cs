namespace Oriel.Build;

/// <summary>Writes a module with which tests of a page stand in for the application: handlers with the types of its commands.</summary>
internal sealed class MockRenderer
{
    private readonly BridgeManifest _manifest;
    private readonly ClientImport _import;
    private readonly string _module;
    private readonly TypePrinter _types;
    private readonly ScriptWriter _script = new();

    private MockRenderer(BridgeManifest manifest, ClientImport import, string module)
    {
        _manifest = manifest;
        _import = import;
        _module = module;
        // Behind a prefix no type of the application meets a name of this file.
        _types = new TypePrinter(manifest, "app.");
    }

    /// <param name="module">Where the mock finds the file that <see cref="TypeScriptRenderer"/> writes: a path relative to it, as an import writes it.</param>
    /// <exception cref="ManifestException">The manifest names a type that it does not describe.</exception>
    public static string Render(BridgeManifest manifest, string module, ClientImport import = ClientImport.Global) => new MockRenderer(manifest, import, module).Render();

    private string Render()
    {
        WriteHandlers();
        WriteData("MockEvents", "The events, and what each brings.", [.. _manifest.Events.Where(entry => !entry.IsFromPage).Select(entry => (entry.Name, entry.Type))]);
        WriteData("MockStates", "The states, and what each holds.", [.. _manifest.States.Select(state => (state.Name, state.Type))]);

        var file = new ScriptWriter().Append(TypeScriptRenderer.Notice(_manifest)).Line();
        if (_import == ClientImport.Package)
        {
            file.Line($"import {{ mockState, setMock }} from \"{ClientHeader.Package}\";");
        }

        // That file exports the types of the client that its functions use, too.
        if (_types.UsesTypes || _types.UsedOfClient.Any())
        {
            file.Line($"import type * as app from {ScriptText.Quote(_module)};");
        }

        return file.Append(_script.ToString()).Append(MockScript.For(_import)).ToString();
    }

    private void WriteHandlers()
    {
        _script.Line().Doc("What stands in for each command: it answers at once or by a promise, a stream with whatever can be iterated.");
        if (_manifest.Commands.Count == 0)
        {
            _script.Line("export interface MockHandlers {}");
            return;
        }

        _script.Open("export interface MockHandlers {");
        foreach (var command in _manifest.Commands)
        {
            var where = $"The command {ScriptText.Quote(command.Name)}";
            var signature = new CommandSignature(command, _import, _types, where);
            var head = ScriptText.Property(command.Name) + "(";
            var arguments = $"args: {signature.Arguments ?? "{}"},";
            var options = $"options: {signature.OptionsType}";
            var result = command.IsStream ? $"Iterable<{signature.Item}> | AsyncIterable<{signature.Item}>" : $"{signature.Item} | Promise<{signature.Item}>";
            var line = $"{head}{arguments} {options}): {result};";
            if (line.Length <= _script.Room)
            {
                _script.Line(line);
            }
            else
            {
                _script.Open(head).Line(arguments).Line(options + ",").Close($"): {result};");
            }
        }

        _script.Close("}");
    }

    private void WriteData(string name, string doc, IReadOnlyList<(string Name, TypeExpression Type)> entries)
    {
        _script.Line().Doc(doc);
        if (entries.Count == 0)
        {
            _script.Line($"export interface {name} {{}}");
            return;
        }

        _script.Open($"export interface {name} {{");
        foreach (var (key, type) in entries)
        {
            _script.Line($"{ScriptText.Property(key)}: {_types.Print(type, ScriptText.Quote(key))};");
        }

        _script.Close("}");
    }
}
