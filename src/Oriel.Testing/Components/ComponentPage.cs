using System.Runtime.ExceptionServices;
using System.Text.Json;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Oriel.Components;
using Oriel.Testing.Tree;

namespace Oriel.Testing;

/// <summary>A page without a browser: it shows a component as a window would, from the same messages, and does what a person does.</summary>
/// <remarks>
/// What a person does returns when the synchronous part of its handler has run and all that was rendered is shown; what comes later is awaited with
/// <see cref="WaitForAsync"/>. An exception that no component handles is thrown by the next call.
/// Belongs to one test, whose calls come one after another.
/// </remarks>
public sealed partial class ComponentPage : IAsyncDisposable
{
    private const string Origin = "https://test.example";
    private const int MaxShown = 8_000;

    private readonly Lock _gate = new();
    private readonly LogicalTree _tree = new();
    private readonly FrameApplier _applier;
    private readonly PageLink _link;
    private readonly ServiceProvider _provider;
    private readonly List<Exception> _errors = [];
    private readonly Dictionary<int, int> _renders = [];
    private readonly List<string> _complaints = [];
    private IElement? _scrolledTo;
    private ComponentPageException? _misfit;

    private ComponentPage(ServiceProvider provider, TimeSpan limit)
    {
        _provider = provider;
        Limit = limit;
        _applier = new(_tree);
        _link = new(Handle, limit);
        JS = new(this);
        Bytes = new(this);
        Files = new(this);
    }

    /// <summary>How long anything is waited for: 10 s. Only a test that fails waits so long.</summary>
    public TimeSpan Limit { get; }

    /// <summary>The services of the page, those that its components inject.</summary>
    public IServiceProvider Services => _link.Session.Services;

    /// <summary>The JavaScript that components call, which the test answers.</summary>
    public PageScript JS { get; }

    /// <summary>The exceptions that no component handled.</summary>
    public IReadOnlyList<Exception> Errors
    {
        get
        {
            lock (_gate)
            {
                return [.. _errors];
            }
        }
    }

    /// <summary>The frames that the page was sent, in their order.</summary>
    public IReadOnlyList<PageFrame> Frames => _link.Frames;

    /// <summary>The HTML inside of the page's body. What a person types and checks is in no attribute, as in a browser.</summary>
    public string Markup => Read(() => _tree.Document.Body!.InnerHtml);

    /// <summary>The HTML inside of the page's head.</summary>
    public string Head => Read(() => _tree.Document.Head!.InnerHtml);

    /// <summary>The page's title.</summary>
    public string Title => Read(() => _tree.Document.Title ?? "");

    /// <summary>What the page wrote to its console: what C# has refused, and calls of it that failed.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            Settle();
            lock (_gate)
            {
                return [.. _complaints];
            }
        }
    }

    /// <summary>The element that the page was scrolled to last, for the fragment of an address; null when there was none.</summary>
    public PageElement? ScrolledTo => Read(() => _scrolledTo is { } element ? new PageElement(this, element) : null);

    internal PageBytes Bytes { get; }

    internal PageFiles Files { get; }

    internal PageLink Link => _link;

    internal LogicalTree Tree => _tree;

    /// <summary>Shows a component.</summary>
    /// <param name="parameters">Sets its parameters.</param>
    /// <param name="services">Adds to the services, or replaces some.</param>
    /// <param name="path">The path of the page's address.</param>
    /// <typeparam name="TComponent">The component.</typeparam>
    /// <returns>The page, once the component has rendered for the first time.</returns>
    public static Task<ComponentPage> RenderAsync<TComponent>(
        Action<ComponentParameters<TComponent>>? parameters = null, Action<IServiceCollection>? services = null, string path = "/")
        where TComponent : IComponent
    {
        var values = new ComponentParameters<TComponent>();
        parameters?.Invoke(values);
        return RenderAsync(new RootComponent(typeof(TComponent), values.Values), services, path);
    }

    /// <summary>Shows a view of plain C#.</summary>
    /// <param name="view">Makes the view.</param>
    /// <param name="services">Adds to the services, or replaces some.</param>
    /// <param name="path">The path of the page's address.</param>
    public static Task<ComponentPage> RenderAsync(Func<View> view, Action<IServiceCollection>? services = null, string path = "/")
    {
        ArgumentNullException.ThrowIfNull(view);
        return RenderAsync(new RootComponent(typeof(ViewPage), new Dictionary<string, object?> { [nameof(ViewPage.View)] = view }), services, path);
    }

    /// <summary>Shows a fragment of Razor.</summary>
    /// <param name="fragment">What is shown.</param>
    /// <param name="services">Adds to the services, or replaces some.</param>
    /// <param name="path">The path of the page's address.</param>
    public static Task<ComponentPage> RenderFragmentAsync(RenderFragment fragment, Action<IServiceCollection>? services = null, string path = "/")
    {
        ArgumentNullException.ThrowIfNull(fragment);
        return RenderAsync(() => UI.Fragment(fragment), services, path);
    }

    /// <summary>Waits until something is so, looking whenever the page has been sent something.</summary>
    /// <param name="condition">What is waited for. That an element it looks for is not there yet counts as not so.</param>
    /// <exception cref="ComponentPageException">It was not so within <see cref="Limit"/>.</exception>
    public async Task WaitForAsync(Func<ComponentPage, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            var changed = _link.Changed;
            var missing = Ask(condition, out var isMet);
            if (isMet)
            {
                return;
            }

            try
            {
                await Task.WhenAny(changed, _link.Session.Ended).WaitAsync(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                throw Refusal($"What the test waited for did not come about within {Limit.TotalSeconds:0} s.{(missing is null ? "" : " " + missing.Message)}", missing);
            }
        }
    }

    /// <summary>Runs work on the components' dispatcher, and returns when it is done and what it rendered is shown.</summary>
    public async Task InvokeAsync(Func<Task> work)
    {
        await _link.Session.Dispatcher.InvokeAsync(work).WaitAsync(Limit).ConfigureAwait(false);
        Settle();
    }

    /// <summary>Runs work on the components' dispatcher, and returns when it is done and what it rendered is shown.</summary>
    public async Task InvokeAsync(Action work)
    {
        await _link.Session.Dispatcher.InvokeAsync(work).WaitAsync(Limit).ConfigureAwait(false);
        Settle();
    }

    /// <summary>Closes the page: its components and services are disposed of.</summary>
    public async ValueTask DisposeAsync()
    {
        await _link.Session.DisposeAsync().AsTask().WaitAsync(Limit).ConfigureAwait(false);
        await _provider.DisposeAsync().ConfigureAwait(false);
    }

    internal ComponentPageException Refusal(string message, Exception? inner = null) => new($"{message}\n\nThe page shows:\n{Shown()}", inner);

    internal void Complain(string message)
    {
        lock (_gate)
        {
            _complaints.Add(message);
        }
    }

    /// <summary>Handles what has come, and throws what nothing has handled.</summary>
    internal void Settle()
    {
        _link.Settle();
        ThrowFailure();
    }

    internal int RendersOf(int componentId) => _renders.GetValueOrDefault(componentId);

    internal T Read<T>(Func<T> read)
    {
        Settle();
        lock (_gate)
        {
            return read();
        }
    }

    private static async Task<ComponentPage> RenderAsync(RootComponent root, Action<IServiceCollection>? configure, string path)
    {
        var services = new ServiceCollection();
        services.AddOrielComponents(options => options.IsDevelopment = true);
        configure?.Invoke(services);
        var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        var page = new ComponentPage(provider, TimeSpan.FromSeconds(10));
        var address = new Uri(new Uri(Origin), path);
        page.Visit(address.AbsoluteUri);
        page._link.Session = provider.GetRequiredService<SessionHost>().Begin(root, new SessionStart(address, IsDark: false), page._link, window: null);
        await page._link.Session.Dispatcher.InvokeAsync(static () => { }).WaitAsync(page.Limit).ConfigureAwait(false);
        page.Settle();
        return page;
    }

    private ComponentPageException? Ask(Func<ComponentPage, bool> condition, out bool isMet)
    {
        try
        {
            Settle();
            isMet = condition(this);
            return null;
        }
        catch (ComponentPageException exception) when (_misfit is null)
        {
            isMet = false;
            return exception;
        }
    }

    private void ThrowFailure()
    {
        if (_misfit is not null)
        {
            throw _misfit;
        }

        if (_link.Session.Failure is { } failure)
        {
            lock (_gate)
            {
                if (!_errors.Contains(failure))
                {
                    _errors.Add(failure);
                }
            }

            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private void Handle(PageLink link, JsonElement[] message)
    {
        if (_misfit is not null)
        {
            return;
        }

        if (message.Length > 2 && message[2].ValueKind == JsonValueKind.Number)
        {
            ApplyFrame(message);
        }
        else
        {
            Obey(message[2].GetString()!, message);
        }
    }

    private void ApplyFrame(JsonElement[] message)
    {
        lock (_gate)
        {
            try
            {
                _applier.Apply(message, message[1].GetInt64());
                foreach (var id in _applier.Changed)
                {
                    _renders[id] = _renders.GetValueOrDefault(id) + 1;
                }
            }
            catch (Exception exception) when (exception is FrameMisfitException or FormatException or InvalidOperationException)
            {
                var frame = Limited($"[{string.Join(',', message.Select(member => member.GetRawText()))}]");
                _misfit = new ComponentPageException($"A frame does not fit the page. {exception.Message}\n\nThe frame:\n{frame}\n\nThe page shows:\n{Shown()}", exception);
            }
        }
    }

    private void Obey(string kind, JsonElement[] message)
    {
        switch (kind)
        {
            case "hello":
                lock (_gate)
                {
                    foreach (var root in message[3].GetProperty("roots").EnumerateObject())
                    {
                        _tree.AddRoot(int.Parse(root.Name, System.Globalization.CultureInfo.InvariantCulture), root.Value.GetString() == "head" ? _tree.Document.Head! : _tree.Document.Body!);
                    }
                }

                break;
            case "call":
                JS.Answer(message);
                break;
            case "done":
                JS.Complete(message);
                break;
            case "bytes":
                Bytes.Fetch(message);
                break;
            case "stream":
                Bytes.Announce(message);
                break;
            case "hash":
                lock (_gate)
                {
                    _scrolledTo = _tree.Document.GetElementById(message[3].GetString()!) ?? _scrolledTo;
                }

                break;
            case "refused":
                Complain(message[4].GetString()!);
                break;
            case "go":
                Go(message[3].GetString()!, message[4]);
                break;
            case "pass":
                Pass(message[3].GetInt64(), message[4].GetBoolean());
                break;
            case "intercept":
                _intercepts = true;
                break;
            case "lock":
                _asks = message[3].GetBoolean();
                break;
        }
    }

    private string Shown()
    {
        lock (_gate)
        {
            return Limited(_tree.Document.Body!.InnerHtml);
        }
    }

    private static string Limited(string text) => text.Length <= MaxShown ? text : $"{text[..MaxShown]}... ({text.Length:N0} characters)";
}
