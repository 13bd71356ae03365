using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Oriel;

namespace Todo;

/// <summary>The file that keeps the list.</summary>
internal sealed class TodoFile(string path)
{
    // The same that crosses the bridge.
    internal static readonly JsonTypeInfo<TodoList> Json = new JsonTypes().Get<TodoList>();

    private static readonly TodoList First = new([new TodoItem("first", "Open a second window", false), new TodoItem("second", "Tick something off in one of them", false)]);

    public TodoList Load()
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, Json) ?? First;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return First;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is no list of this program: {exception.Message} Repair it or take it away.", exception);
        }
    }

    public void Save(TodoList list)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // In one step, so that whatever happens there is a whole file.
        var next = $"{path}.new";
        File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(list, Json));
        File.Move(next, path, overwrite: true);
    }
}
