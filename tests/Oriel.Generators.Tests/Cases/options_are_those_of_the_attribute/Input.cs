using Oriel;

[Commands]
public sealed class Files
{
    [Command(Thread = CommandThread.UI, Capability = "files.read", Example = """{"kind":"any"}""")]
    public string Choose() => "";

    [Obsolete("Use choose.")]
    [Command]
    public string Open() => "";
}
