namespace Oriel;

/// <summary>The call whose arguments are read, or whose answer is written, on this thread: where the converters of bytes take and park.</summary>
internal readonly struct BodyScope : IDisposable
{
    [ThreadStatic]
    private static CommandContext? t_current;

    private readonly CommandContext? _before;

    private BodyScope(CommandContext? before) => _before = before;

    public static CommandContext? Current => t_current;

    /// <summary>Begins the scope; nothing is awaited before it is disposed.</summary>
    public static BodyScope Enter(CommandContext context)
    {
        var scope = new BodyScope(t_current);
        t_current = context;
        return scope;
    }

    public void Dispose() => t_current = _before;
}
