using AngleSharp.Dom;
using Microsoft.JSInterop;

namespace Oriel.Testing;

/// <summary>The files that a person has chosen in a page's inputs, as the component <c>InputFile</c> asks for them.</summary>
internal sealed class PageFiles(ComponentPage page)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IElement, Chosen> _inputs = [];

    /// <summary>An input tells a component of its files from now on.</summary>
    public void Register(IElement input, long owner)
    {
        lock (_gate)
        {
            _inputs[input] = new Chosen(owner);
        }
    }

    /// <summary>A person has chosen files.</summary>
    /// <returns>Whether a component was told of them.</returns>
    public bool Choose(IElement input, PageFile[] files)
    {
        Chosen? chosen;
        var infos = new List<object>();
        lock (_gate)
        {
            if (!_inputs.TryGetValue(input, out chosen))
            {
                return false;
            }

            chosen.Files.Clear();
            foreach (var file in files)
            {
                chosen.Files.Add(++chosen.Last, file);
                infos.Add(new { id = chosen.Last, name = file.Name, lastModified = file.LastModified, size = file.Content.Length, contentType = file.ContentType });
            }
        }

        _ = TellAsync(chosen.Owner, infos);
        page.Settle();
        return true;
    }

    /// <summary>What a file holds that C# reads.</summary>
    public byte[] Read(IElement input, int id)
    {
        lock (_gate)
        {
            return _inputs.TryGetValue(input, out var chosen) && chosen.Files.TryGetValue(id, out var file)
                ? file.Content.ToArray()
                : throw new InvalidOperationException($"There is no file {id} any more: the input is gone, or other files were chosen since. Read a file before others are chosen.");
        }
    }

    // As pages do: what the component's handler throws is an error of the call.
    private async Task TellAsync(long owner, List<object> infos)
    {
        try
        {
            await page.JS.InvokeAsync(owner, null, "NotifyChange", [infos]).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is JSException or TimeoutException)
        {
            page.Complain(exception.Message);
        }
    }

    private sealed class Chosen(long owner)
    {
        public long Owner => owner;

        public int Last { get; set; }

        public Dictionary<int, PageFile> Files { get; } = [];
    }
}
