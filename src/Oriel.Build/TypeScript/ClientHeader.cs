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
        if (import == ClientImport.Package)
        {
            script.Line($"import * as oriel from \"{Package}\";");
            var used = types.UsedOfClient.Select(type => type.Name == type.Local ? type.Name : $"{type.Name} as {type.Local}").ToList();
            if (used.Count > 0)
            {
                script.Line($"import type {{ {string.Join(", ", used)} }} from \"{Package}\";");
            }

            return;
        }

        Declare(script, types, usesEvents: manifest.Events.Count > 0);
    }

    private static void Declare(ScriptWriter script, TypePrinter types, bool usesEvents)
    {
        // What the declarations below mention is used as well.
        var uses = new HashSet<string>(types.UsedOfClient.Select(type => type.Name), StringComparer.Ordinal);
        var promise = types.OfPlatform("Promise");
        if (uses.Contains(ClientTypes.BinarySource))
        {
            script.Doc("Bytes that go to C#.")
                .Line($"export type {types.OfClient(ClientTypes.BinarySource)} = {types.OfPlatform("Uint8Array")} | {types.OfPlatform("ArrayBuffer")} | {types.OfPlatform("Blob")} | {types.OfPlatform("ReadableStream")}<{types.OfPlatform("Uint8Array")}>;")
                .Line();
        }

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
                .Doc("How many items C# may send ahead of the reader, 1 to 1,024; 32 by default.").Line("credit?: number;")
                .Close("}").Line();
        }

        var usesStates = uses.Contains(ClientTypes.State) || uses.Contains(ClientTypes.ReadOnlyState);
        if (usesStates)
        {
            DeclareStates(script, types, promise);
        }

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
        }

        if (usesStates)
        {
            script.Line($"state<T>(key: string): {types.OfClient(ClientTypes.State)}<T>;");
        }

        script.Close("};");
    }

    private static void DeclareStates(ScriptWriter script, TypePrinter types, string promise)
    {
        var readOnly = types.OfClient(ClientTypes.ReadOnlyState);
        script.Doc("A value that C# shares with its pages, and that only C# writes.").Open($"export interface {readOnly}<T> {{")
            .Doc("The value as this page knows it; undefined until it has arrived.").Line("get(): T | undefined;")
            .Doc("Calls the handler with every value from now on; the result stops that.").Line("subscribe(handler: (value: T) => void): () => void;")
            .Doc("Resolves when the first value has arrived.").Line($"readonly ready: {promise}<unknown>;")
            .Doc("Stops following the value.").Line("close(): void;")
            .Close("}").Line();
        script.Doc("A value that C# and its pages share and write.").Open($"export interface {types.OfClient(ClientTypes.State)}<T> extends {readOnly}<T> {{")
            .Doc("Writes the value, here at once. Rejects when C# refuses it; the page then has the value of C# again.").Line($"set(value: T | ((current: T) => T)): {promise}<unknown>;")
            .Close("}").Line();
    }
}
