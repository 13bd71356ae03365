namespace Oriel.Security;

/// <summary>How much of what the pages of a window are refused is logged: people read the log, and a page can ask for ever.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RefusalLog
{
    private const int MaxLines = 16;
    private const int MaxOrigins = 64;
    private const int MaxOriginLength = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    /// <summary>Whether one more refusal that names an origin may be logged.</summary>
    /// <param name="origin">The origin as it would be logged; null where there is none.</param>
    public bool MayLog(string? origin)
    {
        var key = origin ?? "";
        lock (_gate)
        {
            var lines = _lines.GetValueOrDefault(key);
            if (lines == MaxLines || key.Length > MaxOriginLength || (lines == 0 && _lines.Count == MaxOrigins))
            {
                return false;
            }

            _lines[key] = lines + 1;
            return true;
        }
    }
}
