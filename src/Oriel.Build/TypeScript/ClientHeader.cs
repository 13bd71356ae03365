namespace Oriel.Build;

/// <summary>Brings the client into a file: imports it, or declares as much of the page's own as the file uses.</summary>
internal static class ClientHeader
{
    public const string Package = "@oriel/client";

    public static void Write(ScriptWriter script, ClientImport import, BridgeManifest manifest, TypePrinter types)
    {
        if (manifest.Commands.Count + manifest.Events.Count + manifest.States.Count == 0)
        {
            return;
        }

        script.Line();
        var uses = new HashSet<string>(types.UsedOfClient.Select(type => type.Name), StringComparer.Ordinal);
        if (import == ClientImport.Package)
        {
            WriteImports(script, types);
        }
        else
        {
            DeclareOptions(script, types, uses);
        }

        if (uses.Contains(ClientTypes.BinarySource))
        {
            string[] sources = [types.OfPlatform("Uint8Array"), types.OfPlatform("ArrayBuffer"), types.OfPlatform("Blob"), $"{types.OfPlatform("ReadableStream")}<{types.OfPlatform("Uint8Array")}>"];
            script.Doc("Bytes that go to C#.").Line($"export type {types.OfClient(ClientTypes.BinarySource)} = {string.Join(" | ", sources)};").Line();
        }

        if (import == ClientImport.Global)
        {
            DeclareClient(script, types, uses, usesEvents: manifest.Events.Count > 0);
        }
    }

    private static void WriteImports(ScriptWriter script, TypePrinter types)
    {
        script.Line($"import * as oriel from \"{Package}\";");
        var used = types.UsedOfClient.Where(type => type.Name != ClientTypes.BinarySource).Select(type => type.Name == type.Local ? type.Name : $"{type.Name} as {type.Local}").ToList();
        if (used.Count > 0)
        {
            script.Line($"import type {{ {string.Join(", ", used)} }} from \"{Package}\";");
            script.Line($"export type {{ {string.Join(", ", types.UsedOfClient.Where(type => type.Name != ClientTypes.BinarySource).Select(type => type.Local))} }};");
        }

        if (types.UsedOfClient.Any(type => type.Name == ClientTypes.BinarySource))
        {
            script.Line();
        }
    }

    private static void DeclareOptions(ScriptWriter script, TypePrinter types, HashSet<string> uses)
    {
        if (uses.Contains(ClientTypes.InvokeOptions))
        {
            script.Doc("Options of a call.").Open($"export interface {types.OfClient(ClientTypes.InvokeOptions)} {{")
                .Doc("Cancels the call: the promise rejects with an `AbortError`.").Line($"signal?: {types.OfPlatform("AbortSignal")};")
                .Doc("Milliseconds until the call is cancelled and rejects with a `TimeoutError`; 30,000 by default, 0 for none.").Line("timeout?: number;")
                .Close("}").Line();
        }

        if (uses.Contains(ClientTypes.StreamOptions))
        {
            script.Doc("Options of a stream.").Open($"export interface {types.OfClient(ClientTypes.StreamOptions)} {{")
                .Doc("Ends the stream: the iteration throws an `AbortError`.").Line($"signal?: {types.OfPlatform("AbortSignal")};")
                .Doc("How many items C# may send ahead of the reader, 1 to 1,024; 128 by default.").Line("credit?: number;")
                .Doc("Milliseconds until the first item, or the end, before it throws a `TimeoutError`; none by default.").Line("timeout?: number;")
                .Close("}").Line();
        }

        if (uses.Contains(ClientTypes.State))
        {
            var promise = types.OfPlatform("Promise");
            script.Doc("A value that this page shares with C#, and so with other pages. It is never changed in place, only written anew.")
                .Open($"export interface {types.OfClient(ClientTypes.State)}<T> {{")
                .Doc("The value as this page has it; undefined while the state is not followed.").Line("get(): T | undefined;")
                .Doc("Writes the value, or what a function makes of it. It is shown at once; the promise resolves when C# has taken it, and rejects when it has not.").Line($"set(next: T | ((value: T) => T)): {promise}<void>;")
                .Doc("Calls the handler with the value, at once if it is there and whenever it changes; the result stops it.").Line("subscribe(handler: (value: T) => void): () => void;")
                .Doc("Resolves with the value when it is there; the state is followed from now on, until `close`.").Line($"readonly ready: {promise}<T>;")
                .Doc("Gives the state up.").Line("close(): void;")
                .Close("}").Line();
        }
    }

    private static void DeclareClient(ScriptWriter script, TypePrinter types, HashSet<string> uses, bool usesEvents)
    {
        var promise = types.OfPlatform("Promise");
        script.Doc("What Oriel gives to every page of the application.").Open("declare const oriel: {");
        if (uses.Contains(ClientTypes.InvokeOptions))
        {
            script.Line($"invoke<T>(name: string, args: unknown, options?: {types.OfClient(ClientTypes.InvokeOptions)}): {promise}<T>;");
        }

        if (uses.Contains(ClientTypes.StreamOptions))
        {
            script.Line($"stream<T>(name: string, args: unknown, options?: {types.OfClient(ClientTypes.StreamOptions)}): {types.OfPlatform("AsyncIterable")}<T>;");
        }

        if (usesEvents)
        {
            script.Line("on<T>(name: string, handler: (data: T) => void): () => void;");
            script.Line($"emit(name: string, data: unknown): {promise}<void>;");
        }

        if (uses.Contains(ClientTypes.State))
        {
            script.Line($"state<T>(key: string): {types.OfClient(ClientTypes.State)}<T>;");
        }

        script.Close("};");
    }
}
