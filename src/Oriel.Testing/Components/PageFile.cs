namespace Oriel.Testing;

/// <summary>A file that a person chooses.</summary>
/// <param name="Name">Its name, without a folder.</param>
/// <param name="Content">What it holds.</param>
/// <param name="ContentType">What a browser says it is, such as <c>image/png</c>; empty when it does not know.</param>
public sealed record PageFile(string Name, ReadOnlyMemory<byte> Content, string ContentType = "")
{
    /// <summary>When it was changed last.</summary>
    public DateTimeOffset LastModified { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Makes a file of text.</summary>
    public static PageFile OfText(string name, string text) => new(name, System.Text.Encoding.UTF8.GetBytes(text), "text/plain");
}
