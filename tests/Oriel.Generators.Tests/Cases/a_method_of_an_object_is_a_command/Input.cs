using Oriel;

public sealed class Counter
{
    private int _count;

    public void AddTo(OrielApp app)
    {
        app.Commands.Map("count.next", Next);
        app.Commands.Map("count.reset", this.Reset);
    }

    public int Next() => ++_count;

    public void Reset() => _count = 0;
}
