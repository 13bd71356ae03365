namespace Oriel.Components.Reloading;

/// <summary>Shows a page what has changed of its static files: style sheets in place, scripts by loading the page again.</summary>
internal sealed class ContentReload : ISessionPart, IDisposable
{
    private ComponentSession? _session;

    public void Attach(ComponentSession session)
    {
        _session = session;
        ContentUpdate.Changed += Tell;
    }

    public void Dispose() => ContentUpdate.Changed -= Tell;

    private void Tell(string path)
    {
        switch (Path.GetExtension(path))
        {
            case ".css":
                _session!.Send("styles");
                break;
            case ".js" or ".mjs":
                _session!.Send("reload");
                break;
        }
    }
}
