using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Oriel.Ipc.Native;

namespace Oriel.Ipc;

/// <summary>Memory that two processes share: a ring in each direction (docs/ipc.md). Linux.</summary>
/// <remarks>
/// A file without a name (<c>memfd_create</c>), sealed against a change of its size: a peer that shortened it would end this process by a
/// signal. The system frees it with the last process that holds it, so nothing is ever left to collect.
/// </remarks>
internal sealed unsafe class SharedMemory : MemoryManager<byte>
{
    /// <summary>The smallest and the largest ring, in bytes.</summary>
    public const int MinRingBytes = 64 * 1024;

    /// <inheritdoc cref="MinRingBytes"/>
    public const int MaxRingBytes = 512 * 1024 * 1024;

    /// <summary>What a ring is a multiple of: so that payloads keep beginning on cache lines when positions begin again at its start.</summary>
    public const int PageBytes = 4_096;

    // In front of the rings: how far each has been read, each on a cache line of its own.
    private const int HeadBytes = PageBytes;
    private const int FirstConsumed = 64;
    private const int SecondConsumed = 128;

    private readonly SafeFileHandle _file;
    private readonly MemoryMappedFile _mapping;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly int _length;
    private bool _isDisposed;

    private SharedMemory(SafeFileHandle file, int ringBytes, bool isCreator)
    {
        _file = file;
        _length = HeadBytes + 2 * ringBytes;
        RingBytes = ringBytes;
        _mapping = MemoryMappedFile.CreateFromFile(file, null, _length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _mapping.CreateViewAccessor(0, _length);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);

        var first = new SharedRing(this, (long*)(_start + FirstConsumed), HeadBytes, ringBytes);
        var second = new SharedRing(this, (long*)(_start + SecondConsumed), HeadBytes + ringBytes, ringBytes);
        (Outgoing, Incoming) = isCreator ? (first, second) : (second, first);
        GC.SuppressFinalize(this);
    }

    /// <summary>Unmaps what <see cref="LeaveToCollector"/> left.</summary>
    [SuppressMessage("Reliability", "CA2015", Justification = "Only of a channel that was disposed while its last message was held; a mapping for ever is the alternative.")]
    ~SharedMemory() => Dispose(disposing: false);

    /// <summary>Bytes of one ring.</summary>
    public int RingBytes { get; }

    /// <summary>What this side sends.</summary>
    public SharedRing Outgoing { get; }

    /// <summary>What the other side sends.</summary>
    public SharedRing Incoming { get; }

    /// <summary>Where the other process opens the memory.</summary>
    public string Path => string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{_file.DangerousGetHandle()}");

    /// <summary>Whether a ring can have that size, whoever says so.</summary>
    public static bool IsRingSize(long bytes) => bytes is >= MinRingBytes and <= MaxRingBytes && bytes % PageBytes == 0;

    /// <summary>Makes a memory; null where the system has none.</summary>
    [SupportedOSPlatform("linux")]
    public static SharedMemory? TryCreate(int ringBytes)
    {
        try
        {
            var descriptor = LibC.memfd_create("oriel-ipc", LibC.MFD_CLOEXEC | LibC.MFD_ALLOW_SEALING);
            if (descriptor < 0)
            {
                return null;
            }

            var file = new SafeFileHandle(descriptor, ownsHandle: true);
            RandomAccess.SetLength(file, HeadBytes + 2L * ringBytes);
            if (LibC.fcntl(file, LibC.F_ADD_SEALS, LibC.F_SEAL_SEAL | LibC.F_SEAL_SHRINK | LibC.F_SEAL_GROW) == 0)
            {
                return new SharedMemory(file, ringBytes, isCreator: true);
            }

            file.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is IOException or EntryPointNotFoundException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Opens the memory that a peer has made.</summary>
    /// <param name="path">The peer's word: it must be a file of that process, by its descriptor, sealed and of the right size.</param>
    /// <param name="ringBytes">The peer's word too.</param>
    /// <param name="process">Who the peer is.</param>
    [SupportedOSPlatform("linux")]
    public static SharedMemory? TryOpen(string path, long ringBytes, int process)
    {
        var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/fd/");
        if (!IsRingSize(ringBytes)
            || !path.StartsWith(folder, StringComparison.Ordinal)
            || !int.TryParse(path.AsSpan(folder.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return null;
        }

        SafeFileHandle? file = null;
        try
        {
            // Whatever the descriptor is (a pipe that nobody writes would block an open for ever): ask for its seals without opening the like.
            if (new FileInfo(path).LinkTarget is not { } target || !target.StartsWith("/memfd:", StringComparison.Ordinal))
            {
                return null;
            }

            file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            var seals = LibC.fcntl(file, LibC.F_GET_SEALS, 0);
            const int Sealed = LibC.F_SEAL_SHRINK | LibC.F_SEAL_GROW;
            if (seals >= 0 && (seals & Sealed) == Sealed && RandomAccess.GetLength(file) == HeadBytes + 2 * ringBytes)
            {
                return new SharedMemory(file, (int)ringBytes, isCreator: false);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not to be had: payloads go by the socket.
        }

        file?.Dispose();
        return null;
    }

    /// <summary>Unmaps the memory. Nobody may read it or write to it any more.</summary>
    public void Close() => ((IDisposable)this).Dispose();

    /// <summary>Has the memory unmapped when nobody holds a message any more that lies there.</summary>
    public void LeaveToCollector() => GC.ReRegisterForFinalize(this);

    public override Span<byte> GetSpan() => new(_start, _length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex);

    public override void Unpin()
    {
    }

    [SuppressMessage("Usage", "CA2215", Justification = "The base has nothing to release.")]
    protected override void Dispose(bool disposing)
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (_start is not null)
        {
            // Without that not even the collector unmaps it.
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        }

        if (disposing)
        {
            _view.Dispose();
            _mapping.Dispose();
            _file.Dispose();
        }
    }
}
