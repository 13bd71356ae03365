using System.Runtime.ExceptionServices;

namespace Oriel;

/// <summary>Counts the writes to all sources, and tells the readers of what is written.</summary>
internal static class Writes
{
    private static long s_begun;
    private static long s_ended;

    /// <summary>The number of writes so far; negative while one is under way.</summary>
    /// <remarks>What was found to be up to date at a number is so as long as the number stays.</remarks>
    public static long Stamp
    {
        get
        {
            // In this order: the same number in both means that none was under way, and none began in between.
            var ended = Interlocked.Read(ref s_ended);
            return Interlocked.Read(ref s_begun) == ended ? ended : -1;
        }
    }

    /// <summary>Throws if the calling thread makes a computed value.</summary>
    public static void Verify()
    {
        if (Reading.Current?.Reader is IReader and ISource)
        {
            throw new InvalidOperationException("The function of a Computed writes a state: it only reads. Write in an Effect or in what handles the event.");
        }
    }

    /// <summary>Announces that a value is about to be replaced. No code of others runs until <see cref="End"/>.</summary>
    public static void Begin() => Interlocked.Increment(ref s_begun);

    public static void End() => Interlocked.Increment(ref s_ended);

    /// <summary>Tells who has read a source, directly or by computed values, that it has changed. With no lock held.</summary>
    public static void Tell(ReaderSet readers)
    {
        var generation = Reading.Current is { } reading ? reading.Generation + 1 : 0;
        ExceptionDispatchInfo? failure = null;

        // A list, not recursion: a chain of computed values may be longer than the stack of the thread that writes is deep.
        var told = new List<IReader>();
        readers.CopyTo(told);
        for (var index = 0; index < told.Count; index++)
        {
            try
            {
                told[index].Tell(generation)?.CopyTo(told);
            }
            catch (Exception exception)
            {
                // A context that takes no work any more: the others are told all the same.
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        failure?.Throw();
    }
}
