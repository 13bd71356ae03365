using System.Net;
using System.Net.Sockets;

namespace Oriel.Components;

/// <summary>A number of places, of which one address has no more than its share.</summary>
/// <param name="max">How many there are.</param>
/// <param name="maxPerAddress">How many an address may have.</param>
/// <param name="onRefused">Is told which of the two was reached.</param>
internal sealed class Places(int max, int maxPerAddress, Action<int, string> onRefused)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, int> _taken = [];
    private int _count;

    /// <summary>Takes a place; null when there is none left. Disposing gives it back.</summary>
    public IDisposable? Take(IPAddress? address)
    {
        var key = KeyOf(address);
        lock (_gate)
        {
            if (_count >= max)
            {
                onRefused(max, nameof(ServeOptions.MaxSessions));
                return null;
            }

            var own = _taken.GetValueOrDefault(key);
            if (own >= maxPerAddress)
            {
                onRefused(maxPerAddress, nameof(ServeOptions.MaxSessionsPerAddress));
                return null;
            }

            _count++;
            _taken[key] = own + 1;
        }

        return new Place(this, key);
    }

    // Of IPv6 a household has 2^64 addresses: the network counts.
    private static UInt128 KeyOf(IPAddress? address)
    {
        if (address is null)
        {
            return default;
        }

        var bytes = address.MapToIPv6().GetAddressBytes();
        var isIPv4 = address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6;
        var key = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return isIPv4 || IPAddress.IsLoopback(address) ? key : key >> 64;
    }

    private void Release(UInt128 key)
    {
        lock (_gate)
        {
            _count--;
            if (--_taken[key] == 0)
            {
                _taken.Remove(key);
            }
        }
    }

    private sealed class Place(Places places, UInt128 key) : IDisposable
    {
        private int _isReleased;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isReleased, 1) == 0)
            {
                places.Release(key);
            }
        }
    }
}
