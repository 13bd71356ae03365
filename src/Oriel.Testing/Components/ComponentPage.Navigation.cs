using System.Text.Json;
using AngleSharp.Dom;

namespace Oriel.Testing;

public sealed partial class ComponentPage
{
    private readonly List<(string Address, string? State)> _history = [];
    private readonly Dictionary<long, Action> _asked = [];
    private int _place = -1;
    private long _questions;
    private bool _intercepts;
    private bool _asks;

    /// <summary>Where the page is: the path of its address, with query and fragment.</summary>
    public string Address => Read(() => new Uri(_history[_place].Address).PathAndQuery + new Uri(_history[_place].Address).Fragment);

    /// <summary>The address outside of the application that the page left for; null while it is there.</summary>
    public string? LeftFor { get; private set; }

    /// <summary>Follows a link to an address, as a click on it would.</summary>
    /// <param name="address">The address, relative to the page's.</param>
    /// <exception cref="ComponentPageException">No router takes it: a browser would load another document.</exception>
    public void Navigate(string address)
    {
        Settle();
        var target = new Uri(new Uri(_history[_place].Address), address).AbsoluteUri;
        if (!target.StartsWith(Origin + "/", StringComparison.Ordinal))
        {
            LeftFor = target;
            return;
        }

        if (!_intercepts)
        {
            throw Refusal($"Nothing routes {address} within the page: a browser would load it as another document. Show a component with a Router.");
        }

        Ask(target, null, intercepted: true, () => Push(target, null));
        Settle();
    }

    /// <summary>Goes to where the page was before, as the button of a browser does.</summary>
    public void Back() => Travel(-1);

    /// <summary>Goes to where the page was before <see cref="Back"/>.</summary>
    public void Forward() => Travel(1);

    internal void Follow(IElement link)
    {
        if (link.GetAttribute("href") is { } href && link.GetAttribute("target") is null or "" or "_self" && !link.HasAttribute("download"))
        {
            Navigate(href);
        }
    }

    private void Travel(int step)
    {
        Settle();
        var place = _place + step;
        if (place < 0 || place >= _history.Count)
        {
            throw Refusal($"There is nothing to go {(step < 0 ? "back" : "forward")} to from {_history[_place].Address}.");
        }

        var (address, state) = _history[place];
        Ask(address, state, intercepted: false, () => _place = place);
        Settle();
    }

    private void Ask(string address, string? state, bool intercepted, Action move)
    {
        if (!_asks)
        {
            Move();
            return;
        }

        var question = ++_questions;
        _asked.Add(question, Move);
        _link.Send("navigate", json =>
        {
            json.WriteNumberValue(question);
            WriteLocation(json, address, state, intercepted);
        });

        void Move()
        {
            move();
            _link.Send("moved", json => WriteLocation(json, address, state, intercepted));
        }
    }

    private void Pass(long question, bool allowed)
    {
        if (_asked.Remove(question, out var move) && allowed)
        {
            move();
        }
    }

    private void Go(string address, JsonElement options)
    {
        if (options.GetProperty("force").GetBoolean())
        {
            LeftFor = address;
            return;
        }

        var state = options.GetProperty("state").GetString();
        if (options.GetProperty("replace").GetBoolean())
        {
            _history[_place] = (address, state);
        }
        else
        {
            Push(address, state);
        }

        _link.Send("moved", json => WriteLocation(json, address, state, intercepted: false));
    }

    private void Visit(string address) => Push(address, null);

    private void Push(string address, string? state)
    {
        _history.RemoveRange(_place + 1, _history.Count - _place - 1);
        _history.Add((address, state));
        _place++;
    }

    private static void WriteLocation(Utf8JsonWriter json, string address, string? state, bool intercepted)
    {
        json.WriteStringValue(address);
        json.WriteStringValue(state);
        json.WriteBooleanValue(intercepted);
    }
}
