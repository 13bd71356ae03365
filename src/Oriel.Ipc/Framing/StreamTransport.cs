namespace Oriel.Ipc;

/// <summary>Two streams as a transport: standard input and output, a named pipe.</summary>
internal sealed class StreamTransport(Stream input, Stream output) : ByteTransport
{
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return input.Read(buffer);
        }
        catch (Exception exception) when (exception is ObjectDisposedException or OperationCanceledException)
        {
            return 0;
        }
        catch (Exception exception) when (exception is not IOException)
        {
            throw Broken(exception);
        }
    }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            output.Write(bytes);
            output.Flush();
        }
        catch (Exception exception) when (exception is ObjectDisposedException or OperationCanceledException)
        {
            throw new IOException("The stream is closed.", exception);
        }
        catch (Exception exception) when (exception is not IOException)
        {
            throw Broken(exception);
        }
    }

    public override void Shutdown()
    {
        // Whoever reads standard input cannot be woken by closing it: the reader is a background thread, and is left there.
        output.Dispose();
        input.Dispose();
    }

    public override void Dispose() => Shutdown();

    // Of a broken pipe that is an InvalidOperationException, of a caller's own stream anything: threads that nobody watches read and write here.
    private static IOException Broken(Exception exception) => new($"The stream failed: {exception.Message}", exception);
}
