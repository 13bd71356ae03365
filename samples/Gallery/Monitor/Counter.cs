namespace Gallery.Monitor;

/// <summary>Turns the kernel's counters into rates.</summary>
internal static class Counter
{
    /// <summary>By how much a counter has grown; zero when it went back, because it wrapped or began anew.</summary>
    public static ulong Growth(ulong before, ulong now) => now > before ? now - before : 0;

    /// <summary>Growth by second, to a whole number; zero when no time has passed.</summary>
    public static double Rate(ulong before, ulong now, TimeSpan elapsed) =>
        elapsed > TimeSpan.Zero ? Math.Round(Growth(before, now) / elapsed.TotalSeconds) : 0;

    /// <summary>A share to four digits, which is more than a meter shows and a quarter of what JSON would carry.</summary>
    public static double Share(double share) => Math.Round(share, 4);
}
