namespace Oriel;

/// <summary>The call whose arguments are read, or whose answer is written, on this thread: where the converters of bytes take and park.</summary>
internal readonly struct BodyScope : IDisposable
{
    [ThreadStatic]
    private static CommandContext? t_current;

    [ThreadStatic]
    private static ItemBodies? t_item;

    private readonly CommandContext? _before;
    private readonly ItemBodies? _itemBefore;

    private BodyScope(CommandContext? before, ItemBodies? itemBefore)
    {
        _before = before;
        _itemBefore = itemBefore;
    }

    public static CommandContext? Current => t_current;

    /// <summary>The item of a stream that is written; null where it is the answer.</summary>
    public static ItemBodies? Item => t_item;

    /// <summary>Begins the scope; nothing is awaited before it is disposed.</summary>
    public static BodyScope Enter(CommandContext context, ItemBodies? item = null)
    {
        var scope = new BodyScope(t_current, t_item);
        t_current = context;
        t_item = item;
        return scope;
    }

    public void Dispose()
    {
        t_current = _before;
        t_item = _itemBefore;
    }
}
