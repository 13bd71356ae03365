using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Oriel.Assets;
using Oriel.Engines.Gtk;
using Oriel.Testing;
using TodoSample;
using WidgetBook;

[assembly: AssemblyFixture(typeof(Oriel.Components.EndToEnd.ComponentsHost))]

// The tests share one engine and one display.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Oriel.Components.EndToEnd;

/// <summary>An application of components in the real engine: a process can have only one.</summary>
public sealed class ComponentsHost : IAsyncLifetime
{
    private AppHost _host = null!;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("oriel-components-");

    public OrielApp App => _host.App;

    /// <summary>The file of the to-do list.</summary>
    public string TodoFile => Path.Join(_folder.FullName, "data", "todos.json");

    /// <summary>The to-do list.</summary>
    internal TodoStore Todos { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Todos = new TodoStore(TodoFile);
        _host = await AppHost.StartAsync(static () => new GtkEngine(), builder =>
        {
            builder.AddComponents(static options =>
            {
                options.ApplicationName = "Oriel.Components.EndToEnd";
                options.StyleSheets.Add("book.css");
                options.Scripts.Add("errors.js");
            });
            builder.Services.AddSingleton(Todos);
            builder.Services.AddScoped<ThemeSwitch>();
        });

        // The book's windows open in this program, where its assets are to have the addresses that they have in its own.
        App.Assets.Add(new FolderAssetSource(typeof(ComponentsHost).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "BookAssets").Value!));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Gives the to-do list these items and no others.</summary>
    public void Clear(params string[] titles)
    {
        foreach (var item in Todos.Items)
        {
            Todos.Remove(item.Id);
        }

        foreach (var title in titles)
        {
            Todos.Add(title);
        }
    }

    /// <summary>Opens a window of a component, and waits until something matches a selector in it.</summary>
    internal async Task<ComponentPage> OpenAsync<T>(string selector, string url = "/")
        where T : IComponent
    {
        var page = new ComponentPage(App, await App.CreateWindowAsync<T>(new WindowOptions { Url = url, Width = 800, Height = 600, Title = typeof(T).Name }));
        await page.LoadedAsync();
        await page.ShowsAsync(selector);
        return page;
    }
}
