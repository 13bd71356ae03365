namespace Oriel.Components;

/// <summary>A page sent what no page of ours sends. Its session ends.</summary>
internal sealed class PageProtocolException(string message, Exception? inner = null) : Exception(message, inner);
