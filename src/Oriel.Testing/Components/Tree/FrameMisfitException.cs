namespace Oriel.Testing.Tree;

/// <summary>An op of a frame does not fit what the page has.</summary>
internal sealed class FrameMisfitException(string message) : Exception(message);
