using System.IO.Pipelines;

record Attachment(string Name, byte[] Content);

record Mail(string Text, IReadOnlyList<Attachment> Attachments);

record Film(Stream Content, Memory<byte>? Poster);

static class Uses
{
    public static Mail Send(Mail mail, string text) => mail;
    public static byte[] Bytes(Memory<byte> a, ReadOnlyMemory<byte> b, Stream? c, PipeReader d, Film e) => [];
}
