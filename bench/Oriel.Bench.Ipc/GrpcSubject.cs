using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Oriel.Bench.Ipc;

/// <summary>gRPC's unary calls by <see cref="HttpClient"/>, over a Unix domain socket.</summary>
internal sealed class GrpcSubject : ISubject
{
    private static readonly Uri Address = new($"http://localhost{GrpcEcho.Path}");
    private static readonly MediaTypeHeaderValue ContentType = new(GrpcFrame.ContentType);

    private readonly HttpClient _client;
    private byte[] _message = [];

    public GrpcSubject(string socket) =>
        _client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
                return new NetworkStream(connection, ownsSocket: true);
            },
        });

    public async ValueTask RoundTripAsync(int size)
    {
        var message = _message;
        if (message.Length != size)
        {
            _message = message = new byte[size];
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(GrpcFrame.Create(message)),
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        request.Content.Headers.ContentType = ContentType;

        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var answer = await GrpcFrame.ReadAsync(body, CancellationToken.None);

        // The trailers are there once the body has ended.
        var end = await body.ReadAsync(new byte[1]);
        var status = response.TrailingHeaders.GetValues("grpc-status").Single();
        if (end != 0 || status != "0" || answer.Length != size)
        {
            throw new InvalidOperationException($"A call gave {answer.Length} bytes and the status {status}.");
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
