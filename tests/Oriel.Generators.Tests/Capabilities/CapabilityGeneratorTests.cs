using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Oriel.Generators.Tests.Capabilities;

/// <summary>What becomes of a file that is right.</summary>
public sealed class CapabilityGeneratorTests
{
    private const string Full =
        """
        {
          "$schema": "oriel.capabilities.schema.json",
          "capabilities": {
            "files": { "description": "Reads files.", "commands": ["scans.*", "greet"], "events": ["progress"], "states": ["cart"] },
            "shop": { "stateWrites": ["cart"], "commands": ["say \"hi\"\\", "gr\u00fc\u00dfe"] },
            "empty": {}
          },
          "grants": [
            { "origin": "https://EXAMPLE.com:443", "window": "main", "capabilities": ["files", "shop"] },
            { "window": "settings", "capabilities": ["shop"] },
            { "capabilities": [] }
          ]
        }
        """;

    [Fact]
    public void A_file_is_compiled_in()
    {
        var run = new CapabilityRun(Full);

        Assert.Equal(File.ReadAllText(Path.Join(AppContext.BaseDirectory, "Capabilities", "Golden", "full.cs.txt")), run.Source);
        Assert.Empty(run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(static found => found.Severity >= DiagnosticSeverity.Warning));
    }

    [Fact]
    public void What_is_compiled_in_is_part_of_every_application_of_the_process()
    {
        // A name of its own: what is registered stays.
        var run = new CapabilityRun("""{"capabilities":{"compiled-in":{"commands":["greet"]}},"grants":[{"origin":"https://compiled-in.example","capabilities":["compiled-in"]}]}""");
        using var assembly = new MemoryStream();
        Assert.True(run.Output.Emit(assembly, cancellationToken: TestContext.Current.CancellationToken).Success);

        RuntimeHelpers.RunModuleConstructor(Assembly.Load(assembly.ToArray()).ManifestModule.ModuleHandle);

        var builder = new OrielAppBuilder(static () => throw new NotSupportedException());
        builder.Capabilities.GrantToApp("main", "compiled-in");
        builder.Build().Dispose();
        builder.Capabilities.Define("compiled-in");
        Assert.Contains("\"compiled-in\" is defined twice", Assert.Throws<InvalidOperationException>(() => builder.Build()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_file_nothing_is_written()
    {
        Assert.Null(new CapabilityRun([]).Source);
        Assert.Null(new CapabilityRun(Full, path: "/project/other.json").Source);
        Assert.Null(new CapabilityRun(Full, path: "/project/oriel.capabilities.json.bak").Source);
    }

    [Fact]
    public void A_capability_that_a_command_names_can_be_granted()
    {
        const string Code =
            """
            namespace Oriel { public sealed class CommandAttribute : System.Attribute { public string Capability { get; set; } } }
            class Files { [Oriel.Command(Capability = "files.read")] public string Read() => ""; }
            """;

        var run = new CapabilityRun("""{"grants":[{"window":"main","capabilities":["files.read"]}]}""", Code);

        Assert.Empty(run.Found);
        Assert.Contains("new global::Oriel.Security.CapabilityDefinition(\"files.read\"),", run.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_that_is_edited_elsewhere_has_nothing_written_anew()
    {
        var run = new CapabilityRun(Full, "class A { }");

        Assert.Equal(IncrementalStepRunReason.Cached, run.RunAgain("class A { void M() { System.Console.WriteLine(1); } }"));
    }

    [Fact]
    public void A_pattern_that_covers_nothing_is_a_hint()
    {
        const string Code =
            """
            class A { void M(dynamic app) { app.Commands.MapRaw("greet", null); app.Events.On("progress", null); app.State<int>("cart", 1); } }
            """;

        var run = new CapabilityRun("""{"capabilities":{"a":{"commands":["greet","gret","scans.*","*","oriel.window.*","plugin:x|*"],"events":["progres","*"],"states":["cart"],"stateWrites":["kart"]}}}""", Code);

        Assert.Equal([("ORIEL207", "\"gret\""), ("ORIEL207", "\"scans.*\""), ("ORIEL207", "\"progres\""), ("ORIEL207", "\"kart\"")], run.Found);
        Assert.All(run.Result.Diagnostics, static found => Assert.Equal(DiagnosticSeverity.Info, found.Severity));
        Assert.NotNull(run.Source);
    }

    [Fact]
    public void A_pattern_covers_the_commands_of_a_class_by_their_names_in_the_page()
    {
        const string Code =
            """
            namespace Oriel
            {
                public sealed class CommandsAttribute : System.Attribute { public CommandsAttribute(string name = null) { } }
                public sealed class CommandAttribute : System.Attribute { public CommandAttribute(string name = null) { } }
            }
            [Oriel.Commands] class Scans { [Oriel.Command] public void WalkAsync() { } [Oriel.Command("find")] public void Search() { } }
            [Oriel.Commands("")] class Bare { [Oriel.Command] public void Greet() { } }
            """;

        var run = new CapabilityRun("""{"capabilities":{"a":{"commands":["scans.walk","scans.find","greet","scans.*","scans.search"]}}}""", Code);

        Assert.Equal([("ORIEL207", "\"scans.search\"")], run.Found);
    }

    [Fact]
    public void Names_in_capitals_are_those_of_the_page()
    {
        const string Code =
            """
            namespace Oriel
            {
                public sealed class CommandsAttribute : System.Attribute { }
                public sealed class CommandAttribute : System.Attribute { }
            }
            [Oriel.Commands] class IOScans { [Oriel.Command] public void HTTPGet() { } }
            """;

        var run = new CapabilityRun("""{"capabilities":{"a":{"commands":["ioScans.httpGet","iOScans.hTTPGet"]}}}""", Code);

        Assert.Equal([("ORIEL207", "\"iOScans.hTTPGet\"")], run.Found);
    }

    [Fact]
    public void A_command_of_a_base_class_has_a_name_that_is_not_known_there()
    {
        const string Code =
            """
            namespace Oriel
            {
                public sealed class CommandsAttribute : System.Attribute { }
                public sealed class CommandAttribute : System.Attribute { }
            }
            class Base { [Oriel.Command] public void Walk() { } }
            [Oriel.Commands] class Scans : Base { [Oriel.Command] public void Find() { } }
            """;

        var run = new CapabilityRun("""{"capabilities":{"a":{"commands":["scans.walk"]}}}""", Code);

        Assert.Empty(run.Found);
    }

    [Fact]
    public void Where_names_are_made_at_run_time_there_are_no_hints()
    {
        var run = new CapabilityRun("""{"capabilities":{"a":{"commands":["gret"],"events":["x"]}}}""", "class A { void M(dynamic app, string name) { app.Commands.MapRaw(name, null); } }");

        Assert.Equal([("ORIEL207", "\"x\"")], run.Found);
    }
}
