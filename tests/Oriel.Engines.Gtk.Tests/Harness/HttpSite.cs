using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Oriel.Engines.Gtk.Tests;

/// <summary>A web site on 127.0.0.1, for the tests that need a remote page. (Oriel itself never opens a port.)</summary>
internal sealed class HttpSite : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, (string Head, string Body)> _answers = new();
    private readonly Task _serving;

    public HttpSite()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Origin => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public string Serve(string path, string html, params string[] headers)
    {
        _answers[path] = ("200 OK\r\nContent-Type: text/html; charset=utf-8" + string.Concat(headers.Select(static header => $"\r\n{header}")), html);
        return Origin + path;
    }

    public string Redirect(string path, string location)
    {
        _answers[path] = ($"302 Found\r\nLocation: {location}", "");
        return Origin + path;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            for (; ; )
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            var request = await reader.ReadLineAsync();
            while (await reader.ReadLineAsync() is { Length: > 0 })
            {
            }

            var (head, body) = _answers.GetValueOrDefault(request?.Split(' ').ElementAtOrDefault(1) ?? "", ("404 Not Found", ""));
            var bytes = Encoding.UTF8.GetBytes(body);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nContent-Length: {bytes.Length}\r\nConnection: close\r\n\r\n"));
            await client.GetStream().WriteAsync(bytes);
        }
    }
}
