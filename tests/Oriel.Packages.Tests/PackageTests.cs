namespace Oriel.Packages.Tests;

public sealed class PackageTests(PackageFeed feed) : IClassFixture<PackageFeed>
{
    // Opens a window, calls a command from its page, says what came of it, and quits.
    private const string App = """"
        using Oriel;

        using var app = OrielApp.CreateBuilder().Build();
        app.Commands.Map("greet", (string name) => $"Hello, {name}!");
        app.Commands.Map("report", (string text) =>
        {
            Console.WriteLine(text);
            app.Quit();
        });
        app.Assets.AddText("index.html", """<!doctype html><script type="module" src="main.js"></script>""");
        app.Assets.AddText("main.js", "await oriel.invoke('report', { text: await oriel.invoke('greet', { name: 'packages' }) });");
        app.CreateWindow();
        return app.Run();
        """";

    [Fact]
    public async Task A_project_in_an_empty_folder_runs_on_the_package()
    {
        var folder = feed.CreateFolder("project");
        await File.WriteAllTextAsync(Path.Combine(folder, "App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Oriel" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), App, TestContext.Current.CancellationToken);

        var output = await Command.RunAsync(folder, "dotnet", "run");

        Assert.Contains("Hello, packages!", output);
    }

    [Fact]
    public async Task A_single_file_runs_on_the_package()
    {
        var folder = feed.CreateFolder("file");
        await WriteFileAppAsync(folder, $"#:package Oriel@{feed.Version}\n{App}");

        var output = await Command.RunAsync(folder, "dotnet", "run", "app.cs");

        Assert.Contains("Hello, packages!", output);
    }

    [Fact]
    public async Task An_application_gets_TypeScript_of_its_commands_before_the_page_that_it_embeds_is_built()
    {
        var folder = feed.CreateFolder("typescript");
        // The page is what a bundler would make of it: a copy. It cannot be built without the file.
        await WriteAsync(folder, "App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <OrielTypeScript>web/oriel.ts</OrielTypeScript>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Oriel" Version="{feed.Version}" />
              </ItemGroup>
              <Target Name="BuildPage" DependsOnTargets="OrielTypeScript" Inputs="web/oriel.ts" Outputs="obj/page.txt">
                <Copy SourceFiles="web/oriel.ts" DestinationFiles="obj/page.txt" />
                <Message Importance="high" Text="page built" />
              </Target>
              <Target Name="EmbedPage" DependsOnTargets="BuildPage" BeforeTargets="AssignTargetPaths">
                <ItemGroup>
                  <EmbeddedResource Include="obj/page.txt" LogicalName="page" WithCulture="false" />
                </ItemGroup>
              </Target>
            </Project>
            """);
        const string Program = """
            using Oriel;

            using var page = new StreamReader(System.Reflection.Assembly.GetExecutingAssembly().GetManifestResourceStream("page")!);
            Console.WriteLine(page.ReadToEnd());

            [Commands]
            public sealed class Scans
            {
                /// <summary>Counts the files of a folder.</summary>
                [Command] public int Count(string root, int depth = 3) => root.Length + depth;
                /*more*/
            }
            """;
        await WriteAsync(folder, "Program.cs", Program);

        var first = await Command.RunAsync(folder, "dotnet", "run");
        Assert.Contains("""count(args: { root: string; depth?: number }, options?: InvokeOptions): Promise<number> {""", first);
        Assert.Contains("/** Counts the files of a folder. */", await File.ReadAllTextAsync(Path.Combine(folder, "web", "oriel.ts"), TestContext.Current.CancellationToken));

        await WriteAsync(folder, "Program.cs", Program.Replace("/*more*/", "[Command] public bool More() => true;", StringComparison.Ordinal));
        Assert.Contains("more(options?: InvokeOptions): Promise<boolean> {", await Command.RunAsync(folder, "dotnet", "run"));

        await WriteAsync(folder, "Program.cs", Program.Replace("/*more*/", "[Command] public bool More() => !true;", StringComparison.Ordinal));
        Assert.DoesNotContain("page built", await Command.RunAsync(folder, "dotnet", "build", "-p:OrielTypeScriptCheck=true"));
    }

    [Fact]
    public async Task The_example_of_the_README_runs_with_its_page()
    {
        var folder = feed.CreateFolder("readme");
        var example = Readme.First("csharp").Replace("#:package Oriel@0.1.0", $"#:package Oriel@{feed.Version}", StringComparison.Ordinal);
        Assert.Contains(feed.Version, example);
        Directory.CreateDirectory(Path.Combine(folder, "web"));
        await WriteAsync(folder, "web/index.html", Readme.First("html"));
        await WriteAsync(folder, "web/main.ts", Readme.First("ts") + "await (window as any).oriel.invoke('shown', { text: document.body.textContent });");

        // It says what its page shows, and ends: the rest is as it stands there.
        await WriteFileAppAsync(folder, example.Replace("app.CreateWindow", """
            app.Commands.Map("shown", (string text) => { Console.WriteLine(text); app.Quit(); });
            app.CreateWindow
            """, StringComparison.Ordinal));

        await Command.RunAsync(folder, "dotnet", "build", "app.cs", "-p:TreatWarningsAsErrors=true");
        await Command.RunAsync(folder, Repository.PathOf("js", "client", "node_modules", ".bin", "esbuild"), "web/main.ts", "--bundle", "--format=esm", "--outfile=web/main.js");
        var output = await Command.RunAsync(folder, "dotnet", "run", "app.cs");

        Assert.Contains("Hello, world!", output);
    }

    private static Task WriteAsync(string folder, string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(folder, name), text, TestContext.Current.CancellationToken);

    // A program of a single file is meant for NativeAOT unless it says otherwise, and its restore fails where net10.0's AOT
    // pack cannot be had.
    private static Task WriteFileAppAsync(string folder, string program) =>
        File.WriteAllTextAsync(Path.Combine(folder, "app.cs"), $"#:property PublishAot=false\n{program}", TestContext.Current.CancellationToken);
}
