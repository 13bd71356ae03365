namespace Oriel.Security;

/// <summary>What an <c>oriel.capabilities.json</c> says, as it was when the program was compiled. For generated code.</summary>
public sealed record CapabilityFile
{
    // As many as a program could have assemblies with such a file; an endless loop of registrations is a bug that shows here.
    private const int MaxFiles = 64;

    private static readonly Lock Gate = new();
    private static volatile CapabilityFile[] _registered = [];

    /// <summary>The capabilities that it defines.</summary>
    public IReadOnlyList<CapabilityDefinition> Capabilities { get; init; } = [];

    /// <summary>To whom it grants them.</summary>
    public IReadOnlyList<CapabilityGrant> Grants { get; init; } = [];

    internal static IReadOnlyList<CapabilityFile> Registered => _registered;

    /// <summary>Adds the file to what every application of this process is built with. Called by module initializers, before any is.</summary>
    /// <exception cref="InvalidOperationException">There are too many.</exception>
    public static void Register(CapabilityFile file)
    {
        ArgumentNullException.ThrowIfNull(file);

        lock (Gate)
        {
            if (_registered.Length == MaxFiles)
            {
                throw new InvalidOperationException($"There are {MaxFiles} files of capabilities in this process, which is the limit.");
            }

            _registered = [.. _registered, file];
        }
    }
}
