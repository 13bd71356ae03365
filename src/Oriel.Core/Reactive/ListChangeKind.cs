namespace Oriel;

internal enum ListChangeKind
{
    Insert,
    Remove,
    Move,
    Replace,
}
