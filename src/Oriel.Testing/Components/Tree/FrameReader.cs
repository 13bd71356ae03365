using System.Text.Json;

namespace Oriel.Testing.Tree;

/// <summary>Reads the members of a frame in their order.</summary>
internal sealed class FrameReader(IReadOnlyList<JsonElement> members, int start, List<string> names)
{
    private const int MaxNames = 4096;

    private int _next = start;

    public bool HasMore => _next < members.Count;

    /// <summary>Where the member stands that was read last.</summary>
    public int Position => _next - 1;

    public long Number(string what) =>
        Next(what) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt64(out var number)
            ? number
            : throw new FrameMisfitException($"Member {Position} should be {what}, a number, and is {members[Position].GetRawText()}.");

    /// <summary>A name, which stands for itself the first time and for its place in the table later.</summary>
    public string Name()
    {
        var member = Next("a name");
        if (member.ValueKind == JsonValueKind.String)
        {
            var name = member.GetString()!;
            if (names.Count < MaxNames)
            {
                names.Add(name);
            }

            return name;
        }

        return member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var index) && index >= 0 && index < names.Count
            ? names[index]
            : throw new FrameMisfitException($"Member {Position}, {member.GetRawText()}, is no name, nor in the table of {names.Count} names.");
    }

    /// <summary>A member as it is: a string, a number or true.</summary>
    /// <param name="what">What it is for, to tell when it is missing.</param>
    /// <param name="mayBeHole">Whether null, the hole of a template, is allowed.</param>
    public JsonElement Token(string what, bool mayBeHole = false)
    {
        var member = Next(what);
        return member.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True || (mayBeHole && member.ValueKind == JsonValueKind.Null)
            ? member
            : throw new FrameMisfitException($"Member {Position} should be {what} and is {member.GetRawText()}.");
    }

    private JsonElement Next(string what) =>
        HasMore ? members[_next++] : throw new FrameMisfitException($"It ends where {what} should follow.");
}
