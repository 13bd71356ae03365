using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("plain", (string name) => name);
        app.Commands.Map("either", (string? name, string other) => name ?? other);
        app.Commands.Map("maybe", (string? name) => name);
        app.Commands.Map("none", (bool some) => some ? "some" : null);
        app.Commands.Map("block", (int number) =>
        {
            if (number < 0)
            {
                return null;
            }

            Func<string?> inner = () => null;
            return inner() ?? "none";
        });
        app.Commands.Map("read", (string path, CancellationToken cancel) => File.ReadAllTextAsync(path, cancel));
        app.Commands.Map("line", async (string path) => (await File.ReadAllLinesAsync(path)).FirstOrDefault());
        app.Commands.Map("first", async (string path) => (await File.ReadAllLinesAsync(path))[0]);
        app.Commands.Map("list", (string a, string? b) => new List<string?> { a, b });
        app.Commands.Map("number", (int? a) => a);
        app.Commands.Map("said", string? (string name) => name);
        app.Commands.Map("anonymous", delegate (string name) { return name; });
        app.Commands.Map("note", (string text) => new Note(text));
    }
}

public sealed record Note(string Text);
