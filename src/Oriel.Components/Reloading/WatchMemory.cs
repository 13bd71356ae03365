using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Oriel.Ipc;

namespace Oriel.Components.Reloading;

/// <summary>
/// Under <c>dotnet watch</c>, which restarts a program for changes that cannot be made while it runs: lets the windows come back with their route, their size,
/// and what their components keep. Elsewhere there is none.
/// </summary>
internal sealed class WatchMemory : IDisposable
{
    // The watch kills what has not ended a few seconds after it was asked to.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private static readonly ConditionalWeakTable<OrielApp, WatchMemory> s_memories = [];

    private readonly MemoryFile _file;
    private readonly AppMemory? _memory;
    private readonly PosixSignalRegistration? _onEnd;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ComponentWindow> _windows = new(StringComparer.Ordinal);
    private readonly List<IState> _states = [];

    public WatchMemory(MemoryFile file, bool keepsAtEnd = true)
    {
        _file = file;
        _memory = file.Take();
        _onEnd = keepsAtEnd ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Keep()) : null;
    }

    /// <summary>The memory of this program; null when nobody watches it. Where the watch cannot be told from others, one program has one memory.</summary>
    /// <param name="folder">The program's folder.</param>
    public static WatchMemory? Find(string folder) =>
        Environment.GetEnvironmentVariable("DOTNET_WATCH") == "1" && MemoryFile.Of(folder, WatchProcess.Find() ?? "") is { } file ? new WatchMemory(file) : null;

    /// <summary>The memory that an application was given; null for none.</summary>
    public static WatchMemory? Of(OrielApp app) => s_memories.TryGetValue(app, out var memory) ? memory : null;

    /// <summary>Gives an application a memory.</summary>
    public static void Give(OrielApp app, WatchMemory memory)
    {
        s_memories.Add(app, memory);
        app.States.Added = memory.Recall;
    }

    /// <summary>A window is about to be created.</summary>
    /// <param name="window">The window.</param>
    /// <param name="options">What it is created with, and gives way to what is remembered.</param>
    public WindowOptions Recall(ComponentWindow window, WindowOptions options)
    {
        WindowMemory? remembered;
        lock (_gate)
        {
            var name = window.Root.Type.FullName ?? window.Root.Type.Name;
            var number = 0;
            while (_windows.TryGetValue($"{name}#{number}", out var other) && !other.IsClosed)
            {
                number++;
            }

            var key = $"{name}#{number}";
            _windows[key] = window;
            remembered = _memory?.Windows.GetValueOrDefault(key);
        }

        if (remembered is null)
        {
            return options;
        }

        window.Remember(remembered);
        var root = new Uri($"{BridgeAddress.Origin}/");
        var isRoute = Uri.TryCreate(root, remembered.Route, out var route) && Security.Origin.Of(route.AbsoluteUri) == BridgeAddress.Origin;
        var address = remembered.Route.Length > 0 ? remembered.Route : "/";
        return options with
        {
            Url = isRoute ? address : options.Url,
            Width = IsSize(remembered.Width) ? remembered.Width : options.Width,
            Height = IsSize(remembered.Height) ? remembered.Height : options.Height,
        };
    }

    /// <summary>A state was added to the application.</summary>
    public void Recall(IState state)
    {
        lock (_gate)
        {
            _states.Add(state);
        }

        if (_memory?.States.TryGetValue(state.Key, out var value) == true)
        {
            try
            {
                state.Write(state.Snapshot.Version, JsonSerializer.SerializeToUtf8Bytes(value, MemoryJson.Default.JsonElement), writer: null);
            }
            catch (IpcException)
            {
                // Its type has changed since, as the reason of a restart may well be: it begins anew.
            }
        }
    }

    /// <summary>Writes down what the windows show.</summary>
    public void Keep()
    {
        ComponentWindow[] windows;
        string[] keys;
        IState[] states;
        lock (_gate)
        {
            var open = _windows.Where(static pair => !pair.Value.IsClosed).ToArray();
            (keys, windows, states) = ([.. open.Select(static pair => pair.Key)], [.. open.Select(static pair => pair.Value)], [.. _states]);
        }

        var shown = Array.ConvertAll(windows, KeepAsync);
        Task.WhenAny(Task.WhenAll(shown), Task.Delay(s_patience)).GetAwaiter().GetResult();
        _file.Keep(new AppMemory
        {
            Windows = keys.Zip(shown).Where(static pair => pair.Second.IsCompletedSuccessfully).ToDictionary(static pair => pair.First, static pair => pair.Second.Result),
            States = states.ToDictionary(static state => state.Key, static state => JsonElement.Parse(state.Snapshot.Json.Span)),
        });
    }

    public void Dispose() => _onEnd?.Dispose();

    private static async Task<WindowMemory> KeepAsync(ComponentWindow shown)
    {
        var window = shown.Window;
        var memory = new WindowMemory { Width = window.Size.Width, Height = window.Size.Height, State = window.State };
        if (shown.Session is not { IsEnding: false } session)
        {
            return memory;
        }

        var navigation = session.Services.GetRequiredService<NavigationManager>();
        var components = await session.Dispatcher.InvokeAsync(() => session.Services.GetRequiredService<ComponentMemory>().KeepAsync(session)).ConfigureAwait(false);
        return memory with { Route = navigation.ToBaseRelativePath(navigation.Uri), Components = components };
    }

    private static bool IsSize(int pixels) => pixels is > 0 and <= 16_384;
}
