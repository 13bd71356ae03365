using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app) => app.Commands.Map<Scans>();
}

public interface IClock;

public sealed class Store;

[Commands]
public sealed class Scans(Store store, IClock? clock = null)
{
    [Command]
    public bool HasClock() => clock is not null && store is not null;
}
