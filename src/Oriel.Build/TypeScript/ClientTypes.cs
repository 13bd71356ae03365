namespace Oriel.Build;

/// <summary>The types of the page's client that generated functions use.</summary>
internal static class ClientTypes
{
    public const string BinarySource = "BinarySource";
    public const string InvokeOptions = "InvokeOptions";
    public const string StreamOptions = "StreamOptions";
    public const string State = "OrielState";

    public static IReadOnlyList<string> All { get; } = [BinarySource, InvokeOptions, State, StreamOptions];
}
