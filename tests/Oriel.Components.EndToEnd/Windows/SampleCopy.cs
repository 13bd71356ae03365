using System.Diagnostics;
using System.Reflection;

namespace Oriel.Components.EndToEnd;

/// <summary>The counter in a folder of its own, to be changed and built there. Its button fills the window by the isolated style sheet, and the title says what it counts.</summary>
internal sealed class SampleCopy : IAsyncDisposable
{
    private const string Page = """
        @inject NavigationManager Navigation
        <PageTitle>Counted @Count at /@Navigation.ToBaseRelativePath(Navigation.Uri)</PageTitle>
        <button @onclick="Add">Count</button>

        @code {
            [PersistentState]
            public int Count { get; set; }

            protected override void OnInitialized() => Navigation.LocationChanged += (_, _) => StateHasChanged();

            private void Add()
            {
                Count++;
                Navigation.NavigateTo($"place/{Count}");
            }
        }
        """;

    private static readonly string s_root = Path.GetFullPath(typeof(SampleCopy).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "RepositoryRoot").Value!);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("oriel-sample-");
    private readonly List<Process> _processes = [];

    public SampleCopy()
    {
        foreach (var name in (string[])["Counter.csproj", "Program.cs", "_Imports.razor"])
        {
            Write(name, File.ReadAllText(Path.Join(s_root, "samples", "Counter", name)).Replace("../../src/", $"{s_root}/src/", StringComparison.Ordinal));
        }

        Write("Counter.razor", Page);
        Write("Counter.razor.css", "button { position: fixed; inset: 0; }");
        Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <DirectoryPackagesPropsPath>{s_root}/Directory.Packages.props</DirectoryPackagesPropsPath>
              </PropertyGroup>
              <Import Project="{s_root}/samples/Directory.Build.props" />
            </Project>
            """);
        Write("Directory.Build.targets", $"""<Project><Import Project="{s_root}/samples/Directory.Build.targets" /></Project>""");
        File.Copy(Path.Join(s_root, "global.json"), PathOf("global.json"));
    }

    public string PathOf(string name) => Path.Join(_folder.FullName, name);

    /// <summary>Replaces a text of a file, which has to be there.</summary>
    public void Change(string name, string from, string to)
    {
        var text = File.ReadAllText(PathOf(name));
        Assert.Contains(from, text, StringComparison.Ordinal);
        Write(name, text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>Starts a program in the folder, which ends with the copy.</summary>
    public Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.FullName };
        start.Environment["DOTNET_WATCH_RESTART_ON_RUDE_EDIT"] = "1";

        // What would outlive the build.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        var process = Process.Start(start)!;
        _processes.Add(process);
        return process;
    }

    /// <summary>Waits until a window has this title; fails when the program that is to show it ends before.</summary>
    public async Task TitleAsync(Process program, string title)
    {
        var search = Start("xdotool", "search", "--sync", "--onlyvisible", "--name", $"^{title}$");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(4));
        await Task.WhenAny(search.WaitForExitAsync(limit.Token), program.WaitForExitAsync(limit.Token));
        Assert.True(search.HasExited && search.ExitCode == 0, program.HasExited ? $"The program ended with {program.ExitCode}." : $"There is no window \"{title}\".");
    }

    /// <summary>Clicks in the middle of the window of that title.</summary>
    public static Task ClickAsync(string title) =>
        ComponentPage.ToolAsync("search", "--onlyvisible", "--name", $"^{title}$", "mousemove", "--window", "%1", "300", "300", "click", "1");

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync().WaitAsync(ComponentPage.Patience);
            }

            process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private void Write(string name, string text) => File.WriteAllText(PathOf(name), text);
}
