namespace Oriel.Engine.Conformance;

/// <summary>A call failed, as the page sees it.</summary>
public sealed class PageErrorException(int code, string message, string? data) : Exception(message)
{
    public int Code { get; } = code;

    /// <summary>The error's data as JSON.</summary>
    public string? ErrorData { get; } = data;
}
