using System.Text.RegularExpressions;
using Oriel.Components.Tests.Documents;

namespace Oriel.Components.Tests;

public sealed partial class MessageKindTests
{
    // A message of a kind that nothing handles ends the session, as one of a stranger: the system's colours changed, and every page stopped.
    [Fact]
    public void Every_kind_of_message_that_the_pages_script_sends_is_handled()
    {
        var handled = new HashSet<string> { "ack" };
        foreach (var file in Files.Below("src/Oriel.Components", "*.cs"))
        {
            handled.UnionWith(Handling().Matches(Files.Read(file)).Select(static match => match.Groups[1].Value));
        }

        var sent = Files.Below("js/components/src", "*.ts").SelectMany(static file => Sending().Matches(Files.Read(file))).Select(static match => match.Groups[1].Value).ToHashSet();

        Assert.Contains("event", sent);
        Assert.Subset(handled, sent);
    }

    [GeneratedRegex(@"session\.On\(""([a-z]+)""")]
    private static partial Regex Handling();

    [GeneratedRegex(@"(?:this|session)\.send\(""([a-z]+)""")]
    private static partial Regex Sending();
}
