using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using Oriel;
using Oriel.Ipc;

namespace Gallery.Tour;

/// <summary>What the tour on the Bridge page shows: one command for each thing that the bridge can do.</summary>
/// <param name="openWindow">Opens another window of the Gallery; of a guest, or not.</param>
[Commands("tour")]
internal sealed class TourCommands(Action<bool> openWindow)
{
    /// <summary>The capability that <see cref="OpenVault"/> asks for.</summary>
    public const string VaultCapability = "vault";

    private const int MaximumMegabytes = 4096;
    private const int Megabyte = 1 << 20;

    private long _greetings;

    /// <summary>Greets somebody.</summary>
    /// <param name="name">Who is greeted.</param>
    /// <param name="tone">How it sounds.</param>
    [Command(Example = """{"name":"Ada","tone":"warm"}""")]
    public Greeting Greet(string name, Tone tone = Tone.Warm)
    {
        var text = tone switch
        {
            Tone.Formal => $"Good day, {name}.",
            Tone.Loud => $"HEY, {name.ToUpperInvariant()}!",
            _ => $"Hello, {name}!",
        };

        return new Greeting(text, Interlocked.Increment(ref _greetings));
    }

    /// <summary>The primes, until the page has enough of them.</summary>
    [Command(Example = "{}")]
    public static IAsyncEnumerable<Prime> Primes() => Tour.Primes.All().ToAsyncEnumerable();

    /// <summary>Digests made-up bytes, and tells how far it is.</summary>
    /// <param name="megabytes">How many, 1 to 4096.</param>
    /// <param name="progress">The share that is done.</param>
    /// <param name="cancellationToken">Ends it.</param>
    [Command(Example = """{"megabytes":256}""")]
    public static Task<Receipt> Digest(int megabytes, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var length = LengthOf(megabytes);
        return ReadAsync("made up", new MadeUpStream(length), new Progress(done => progress.Report((double)done / length)), cancellationToken);
    }

    /// <summary>Paints a picture; its bytes reach the page as a Uint8Array.</summary>
    /// <param name="seed">Which picture.</param>
    [Command(ContentType = "image/png", Example = """{"seed":1}""")]
    public static byte[] Picture(int seed) => PlasmaPicture.Paint(seed);

    /// <summary>Made-up bytes, as a stream that the page reads at its own pace.</summary>
    /// <param name="megabytes">How many, 1 to 4096.</param>
    [Command]
    public static Stream Download(int megabytes) => new MadeUpStream(LengthOf(megabytes));

    /// <summary>Reads what the page sends, to its end.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="progress">How many bytes were read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    [Command]
    public static Task<Receipt> Upload(string name, Stream content, IProgress<long> progress, CancellationToken cancellationToken) =>
        ReadAsync(name, content, progress, cancellationToken);

    /// <summary>Opens another window of the Gallery. A guest's may do less.</summary>
    [Command(Thread = CommandThread.UI, Example = """{"guest":false}""")]
    public void OpenWindow(bool guest) => openWindow(guest);

    /// <summary>Opens the vault, for whoever has the capability.</summary>
    [Command(Capability = VaultCapability, Example = "{}")]
    public static string OpenVault() => "The vault is open.";

    private static async Task<Receipt> ReadAsync(string name, Stream content, IProgress<long> progress, CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(Megabyte);
        var started = Stopwatch.GetTimestamp();
        var length = 0L;

        try
        {
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                digest.AppendData(buffer, 0, read);
                length += read;
                progress.Report(length);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return new Receipt(name, length, Convert.ToHexStringLower(digest.GetHashAndReset()), Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    private static long LengthOf(int megabytes) => megabytes is >= 1 and <= MaximumMegabytes
        ? (long)megabytes * Megabyte
        : throw new IpcException(IpcErrorCode.InvalidParams, $"1 to {MaximumMegabytes} megabytes, not {megabytes}.");

    // Progress<T> of the platform would report by the thread pool, in any order.
    private sealed class Progress(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
