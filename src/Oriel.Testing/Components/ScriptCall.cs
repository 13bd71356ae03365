using System.Text.Json;

namespace Oriel.Testing;

/// <summary>A call of JavaScript by a component.</summary>
public sealed class ScriptCall
{
    private readonly ComponentPage _page;

    internal ScriptCall(ComponentPage page, string name, string? target, IReadOnlyList<JsonElement> arguments)
    {
        _page = page;
        Name = name;
        Target = target;
        Arguments = arguments;
    }

    /// <summary>The name of the function, as the component wrote it.</summary>
    public string Name { get; }

    /// <summary>The module or the call that made the object whose function was called; null for a function of the page.</summary>
    public string? Target { get; }

    /// <summary>The arguments.</summary>
    public IReadOnlyList<JsonElement> Arguments { get; }

    /// <summary>Reads an argument: an array of bytes and a stream, too. A stream is read once, and may be only after the call.</summary>
    public T? Get<T>(int index) => _page.Bytes.Read<T>(Arguments[index]);

    /// <summary>The element that an argument refers to.</summary>
    public PageElement Element(int index) => _page.Referenced(Arguments[index]);

    /// <summary>Calls a method with <c>[JSInvokable]</c> of an object that was passed as an argument, as the script would.</summary>
    /// <param name="index">Which argument the object was.</param>
    /// <param name="method">The method's name.</param>
    /// <param name="arguments">What it is called with.</param>
    /// <returns>What it returned.</returns>
    public Task<JsonElement?> InvokeAsync(int index, string method, params object?[] arguments) =>
        _page.JS.InvokeAsync(Arguments[index].GetProperty("__dotNetObject").GetInt64(), null, method, arguments);
}
