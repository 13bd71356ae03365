using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Oriel.Generators.Capabilities;

/// <summary>Makes the model of a file, as far as the file alone can tell whether it is right.</summary>
internal sealed class CapabilityFileReader
{
    private const int MaxNameLength = 64;
    private const int MaxPatternBytes = 256;
    private const string Separators = ".:|/";

    private readonly string _path;
    private readonly SourceText _text;
    private readonly List<DiagnosticInfo> _diagnostics = [];

    private CapabilityFileReader(string path, SourceText text) => (_path, _text) = (path, text);

    public static CapabilityFileModel? Read(AdditionalText file, CancellationToken cancellationToken) =>
        file.GetText(cancellationToken) is { } text ? new CapabilityFileReader(file.Path, text).Read() : null;

    private CapabilityFileModel Read()
    {
        if (JsonText.Read(_text.ToString(), out var error, out var span) is not { } root)
        {
            Report(CapabilityDiagnostics.NotJson, span, error);
            return Model([], []);
        }

        var capabilities = new List<CapabilityModel>();
        var grants = new List<GrantModel>();
        foreach (var (name, value) in Members(root, "The file", ["$schema", "capabilities", "grants"]))
        {
            switch (name.Text)
            {
                case "$schema":
                    _ = String(value, "\"$schema\"");
                    break;
                case "capabilities":
                    capabilities.AddRange(Members(value, "\"capabilities\"", names: null).Select(member => Capability(member.Name, member.Value)));
                    break;
                default:
                    grants.AddRange(Items(value, "\"grants\"").Select(Grant));
                    break;
            }
        }

        return Model(capabilities, grants);
    }

    private CapabilityFileModel Model(List<CapabilityModel> capabilities, List<GrantModel> grants) =>
        new(_path, capabilities.ToEquatableArray(), grants.ToEquatableArray(), _diagnostics.ToEquatableArray());

    private CapabilityModel Capability(JsonNode name, JsonNode value)
    {
        CheckName(name);
        EquatableArray<NameModel> commands = default, events = default, states = default, stateWrites = default;
        foreach (var (member, list) in Members(value, $"The capability \"{name.Text}\"", ["description", "commands", "events", "states", "stateWrites"]))
        {
            switch (member.Text)
            {
                case "description":
                    _ = String(list, "\"description\"");
                    break;
                case "commands":
                    commands = Names(list, member.Text, CheckPattern);
                    break;
                case "events":
                    events = Names(list, member.Text, CheckPattern);
                    break;
                case "states":
                    states = Names(list, member.Text, CheckPattern);
                    break;
                default:
                    stateWrites = Names(list, member.Text, CheckPattern);
                    break;
            }
        }

        return new CapabilityModel(NameOf(name), commands, events, states, stateWrites);
    }

    private GrantModel Grant(JsonNode value)
    {
        string? origin = null, window = null;
        EquatableArray<NameModel>? capabilities = null;
        foreach (var (member, node) in Members(value, "A grant", ["origin", "window", "capabilities"]))
        {
            switch (member.Text)
            {
                case "origin":
                    origin = Origin(node);
                    break;
                case "window":
                    if (String(node, "\"window\"") is { } name)
                    {
                        CheckName(node);
                        window = name;
                    }

                    break;
                default:
                    capabilities = Names(node, member.Text, CheckName);
                    break;
            }
        }

        if (capabilities is null && value.Kind == JsonKind.Object)
        {
            Report(CapabilityDiagnostics.WrongShape, value.Span, "A grant needs \"capabilities\": a list of their names");
        }

        return new GrantModel(origin, window, capabilities ?? default);
    }

    private string? Origin(JsonNode node)
    {
        if (String(node, "\"origin\"") is not { } text)
        {
            return null;
        }

        // Nothing but the origin: what hides a host in a user name, or means a folder, is a mistake here.
        var origin = Security.Origin.Of(text);
        if (origin is null || text.Substring(text.IndexOf("://", StringComparison.Ordinal) + 3).IndexOfAny([.. "/?#@*\\% \t\r\n"]) >= 0)
        {
            Report(CapabilityDiagnostics.NotAnOrigin, node.Span, text);
        }

        return origin;
    }

    private EquatableArray<NameModel> Names(JsonNode node, string member, Action<JsonNode> check)
    {
        var names = new List<NameModel>();
        foreach (var item in Items(node, $"\"{member}\""))
        {
            if (String(item, $"An item of \"{member}\"") is null)
            {
                continue;
            }

            check(item);
            if (names.Exists(other => other.Text == item.Text))
            {
                Report(CapabilityDiagnostics.Duplicate, item.Span, item.Text);
                continue;
            }

            names.Add(NameOf(item));
        }

        return names.ToEquatableArray();
    }

    private IEnumerable<JsonMember> Members(JsonNode node, string what, string[]? names)
    {
        if (node.Kind != JsonKind.Object)
        {
            Report(CapabilityDiagnostics.WrongShape, node.Span, $"{what} is an object: {{ ... }}");
            yield break;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in node.Members)
        {
            var name = member.Name.Text;
            if (names is not null && !names.Contains(name, StringComparer.Ordinal))
            {
                Report(CapabilityDiagnostics.WrongShape, member.Name.Span, $"{what} has no \"{name}\"; there are: {string.Join(", ", names)}");
            }
            else if (!seen.Add(name))
            {
                Report(CapabilityDiagnostics.Duplicate, member.Name.Span, name);
            }
            else
            {
                yield return member;
            }
        }
    }

    private IReadOnlyList<JsonNode> Items(JsonNode node, string what)
    {
        if (node.Kind == JsonKind.Array)
        {
            return node.Items;
        }

        Report(CapabilityDiagnostics.WrongShape, node.Span, $"{what} is a list: [ ... ]");
        return [];
    }

    private string? String(JsonNode node, string what)
    {
        if (node.Kind == JsonKind.String)
        {
            return node.Text;
        }

        Report(CapabilityDiagnostics.WrongShape, node.Span, $"{what} is a text in quotes");
        return null;
    }

    private void CheckName(JsonNode node)
    {
        if (node.Text.Length is 0 or > MaxNameLength || !node.Text.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '-' or '_' or ':'))
        {
            Report(CapabilityDiagnostics.NameDoesNotFit, node.Span, $"\"{node.Text}\" does not fit: a name has 1 to {MaxNameLength} letters (a-z), digits, or any of \". - _ :\"");
        }
    }

    private void CheckPattern(JsonNode node)
    {
        var pattern = node.Text;
        var star = pattern.IndexOf('*');
        if (pattern.Length == 0 || Encoding.UTF8.GetByteCount(pattern) > MaxPatternBytes || pattern.Any(static c => c < ' '))
        {
            Report(CapabilityDiagnostics.NameDoesNotFit, node.Span, $"A name or a pattern has 1 to {MaxPatternBytes} bytes, without control characters");
        }
        else if (star >= 0 && (star != pattern.Length - 1 || (star > 0 && Separators.IndexOf(pattern[star - 1]) < 0)))
        {
            Report(CapabilityDiagnostics.NameDoesNotFit, node.Span, $"\"{pattern}\" is not a pattern: a star stands at the end, alone or behind one of \". : | /\"");
        }
    }

    private NameModel NameOf(JsonNode node) => new(node.Text, LocationOf(node.Span));

    private void Report(DiagnosticDescriptor descriptor, TextSpan span, string argument) => _diagnostics.Add(DiagnosticInfo.Create(descriptor, LocationOf(span), argument));

    private SourceLocation LocationOf(TextSpan span) => new(_path, span, _text.Lines.GetLinePositionSpan(span));
}
