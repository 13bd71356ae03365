using System.Text.Json;

namespace Oriel.Security;

/// <summary>Something that a document may not do, and what would let it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name, as the page gave it.</param>
/// <param name="Capability">The capability that it asks for itself; null when its name decides.</param>
/// <param name="Held">A capability that the documents hold, to which it could be added; null when they hold none.</param>
/// <param name="IsLast">Whether no more is logged of these documents.</param>
internal sealed record CapabilityRefusal(CapabilityKind Kind, string Name, string? Capability, string? Held, bool IsLast)
{
    private string Word => Kind switch
    {
        CapabilityKind.Command => "the command",
        CapabilityKind.Event => "the event",
        CapabilityKind.State => "the state",
        _ => "writing the state",
    };

    private string Method => Kind switch
    {
        CapabilityKind.Command => "AllowCommands",
        CapabilityKind.Event => "AllowEvents",
        CapabilityKind.State => "AllowStates",
        _ => "AllowStateWrites",
    };

    private string Member => Kind switch
    {
        CapabilityKind.Command => "commands",
        CapabilityKind.Event => "events",
        CapabilityKind.State => "states",
        _ => "stateWrites",
    };

    /// <summary>What was refused.</summary>
    public string Subject => $"{Word} \"{Escape(Name)}\"";

    /// <summary>What to add, in C# and in JSON.</summary>
    /// <param name="table">Says which names are taken.</param>
    /// <param name="origin">The documents' origin.</param>
    /// <param name="window">The name of their window.</param>
    /// <param name="hasList">Whether the window has a list of its own.</param>
    public string Remedy(CapabilityTable table, string origin, string? window, bool hasList)
    {
        var name = Escape(Name);
        if (Capability is null && Held is not null)
        {
            return $"C#: builder.Capabilities.Define(\"{Held}\", c => c.{Method}(\"{name}\")) beside what it allows already; or oriel.capabilities.json: {{ \"capabilities\": {{ \"{Held}\": {{ \"{Member}\": [\"{name}\"] }} }} }}";
        }

        var capability = Capability ?? FreeName(table);
        var code = "";
        var json = new List<string>();
        if (!table.IsDefined(capability))
        {
            code += Capability is null ? $".Define(\"{capability}\", c => c.{Method}(\"{name}\"))" : $".Define(\"{capability}\")";
            json.Add($"\"capabilities\": {{ \"{capability}\": {{{(Capability is null ? $" \"{Member}\": [\"{name}\"] " : "")}}} }}");
        }

        // In a window with a list the app's own documents have the list, whatever is granted.
        var isApp = origin == BridgeAddress.Origin;
        if (!isApp || !hasList)
        {
            code += $".GrantTo{(isApp ? "App(" : $"(\"{origin}\", ")}{(window is null ? "null" : $"\"{window}\"")}, \"{capability}\")";
            json.Add($"\"grants\": [{{ {(isApp ? "" : $"\"origin\": \"{origin}\", ")}{(window is null ? "" : $"\"window\": \"{window}\", ")}\"capabilities\": [\"{capability}\"] }}]");
        }

        string[] lines =
        [
            .. code.Length > 0 ? (string[])[$"C#: builder.Capabilities{code}; or oriel.capabilities.json: {{ {string.Join(", ", json)} }}"] : [],
            .. hasList ? (string[])[$"WindowOptions.Capabilities = [..., \"{capability}\"]"] : [],
        ];
        return string.Join("; and ", lines);
    }

    // What the page gave is not fit to name a capability.
    private static string FreeName(CapabilityTable table)
    {
        var number = 1;
        while (table.IsDefined($"new-{number}"))
        {
            number++;
        }

        return $"new-{number}";
    }

    // ASCII that stands for itself in both languages: what looks like another letter shows.
    private static string Escape(string name) => JsonEncodedText.Encode(name).ToString();
}
