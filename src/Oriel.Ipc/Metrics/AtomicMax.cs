namespace Oriel.Ipc;

/// <summary>A maximum that many threads raise.</summary>
internal static class AtomicMax
{
    public static void Raise(ref long max, long value)
    {
        var seen = Volatile.Read(ref max);
        while (value > seen)
        {
            var before = Interlocked.CompareExchange(ref max, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
