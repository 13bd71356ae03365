namespace Oriel.Components;

/// <summary>How components are served to browsers.</summary>
public sealed record ServeOptions
{
    /// <summary>Where to listen, as <c>http://127.0.0.1:5005</c>; port 0 for a free one. What <c>--serve</c> names goes before it. A host that maps components listens by itself.</summary>
    public string Address { get; init; } = "http://127.0.0.1:0";

    /// <summary>
    /// Whether a browser has to have been at the address with the token; true by default. A host with an authentication of its own switches it off, and then
    /// has to say who may: <c>MapOriel(...).RequireAuthorization()</c>, or <c>AllowAnonymous()</c> for everybody.
    /// </summary>
    public bool RequireToken { get; init; } = true;

    /// <summary>
    /// The token: at least 32 letters, digits, <c>-</c> and <c>_</c> that nobody guesses. By default that of the environment variable <c>ORIEL_SERVE_TOKEN</c>,
    /// and without it a random one for every start; pages come back after a restart only where it stays the same.
    /// </summary>
    public string? Token { get; init; } = Environment.GetEnvironmentVariable("ORIEL_SERVE_TOKEN");

    /// <summary>
    /// The hosts that browsers may ask for, as <c>example.org</c> or <c>example.org:8080</c>, where a name or a proxy leads here. The address of the
    /// connection itself, and <c>localhost</c> on this machine, are allowed anyway; others are refused, because any name can be made to lead here (DNS rebinding).
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>The origins whose pages may connect beside the served host's own, as <c>https://example.org</c>: that of a proxy which ends TLS.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Pages that may be served at once; 256 by default. <see cref="ComponentsOptions.MaxSessions"/> holds beside it.</summary>
    public int MaxSessions { get; init; } = 256;

    /// <summary>Pages that may be served at once to one address (IPv6: one network of 64 bits); 64 by default. Behind a proxy all come from one.</summary>
    public int MaxSessionsPerAddress { get; init; } = 64;

    /// <summary>
    /// Bytes of UTF-8 of one message of a browser; 16 MiB by default, in which text of 10 MB can be pasted. <see cref="ComponentsOptions.Limits"/> holds beside
    /// it. What is read of a message takes several times as much memory.
    /// </summary>
    public int MaxMessageBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The longest upload, in bytes; 512 MiB by default.</summary>
    public long MaxUploadBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>How long a page whose connection broke finds its components again; 60 s by default.</summary>
    public TimeSpan ResumeTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a browser may be silent, or take nothing of what it is sent, before its connection is given up; 30 s by default.</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <exception cref="ArgumentException">A value is none that can be served with.</exception>
    internal ServeOptions Check()
    {
        if (Token is { } token && (token.Length is < 32 or > 256 || !token.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
        {
            throw new ArgumentException($"{nameof(ServeOptions)}.{nameof(Token)} has to consist of 32 to 256 letters, digits, \"-\" and \"_\". Leave it out for a random one.");
        }

        if (AllowedOrigins.FirstOrDefault(static origin => Security.Origin.Of(origin) != origin) is { } wrong)
        {
            throw new ArgumentException($"\"{wrong}\" of {nameof(ServeOptions)}.{nameof(AllowedOrigins)} is not an origin. Write it as https://example.org, in lower case and with nothing behind the host or the port.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSessions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSessionsPerAddress, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMessageBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxUploadBytes, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(ResumeTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ResumeTime, TimeSpan.FromHours(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(SilenceTimeout, TimeSpan.FromSeconds(1));
        return this;
    }
}
