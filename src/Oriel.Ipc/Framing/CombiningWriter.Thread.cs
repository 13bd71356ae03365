using System.Diagnostics;

namespace Oriel.Ipc;

// The writing thread, for what does not go without waiting.
internal sealed partial class CombiningWriter
{
    // How long the writing thread looks for more before it sleeps; waking it costs the sender more than the look.
    private static readonly long LingerTicks = Stopwatch.Frequency * 30 / 1_000_000;

    private SemaphoreSlim? _wake;

    // Under the lock, with the turn, which goes to the writing thread.
    private void WakeWriter()
    {
        if (_wake is null)
        {
            _wake = new SemaphoreSlim(0);
            new Thread(static writer => ((CombiningWriter)writer!).WriteLoop(), 256 * 1024) { IsBackground = true, Name = $"ipc writer {_name}" }.Start(this);
        }

        _wake.Release();
    }

    private void WriteLoop()
    {
        while (true)
        {
            _wake!.Wait();
            if (_isAborted)
            {
                lock (_gate)
                {
                    _isWriting = false;
                }

                return;
            }

            WriteAll();
        }
    }

    // The writing thread has the turn, until nothing has come for a moment.
    private void WriteAll()
    {
        try
        {
            var idleSince = 0L;
            while (!_isAborted)
            {
                if (_written < _writing.Length)
                {
                    _transport.Write(_writing.Span[_written..]);
                }

                Empty(_writing);
                _written = 0;

                WaitingMessage? next = null;
                lock (_gate)
                {
                    if (!TakeOverPending() && !_waiting.TryDequeue(out next))
                    {
                        BecomeIdle(keepTurn: true);
                        var now = Stopwatch.GetTimestamp();
                        idleSince = idleSince == 0 ? now : idleSince;
                        if (now - idleSince >= LingerTicks)
                        {
                            _isWriting = false;
                            _lastWrite = now;
                            return;
                        }
                    }
                    else
                    {
                        idleSince = 0;
                        if (next is null)
                        {
                            AdmitWaiting();
                        }
                    }
                }

                if (next is not null)
                {
                    WriteWaiting(next);
                }
                else if (idleSince != 0)
                {
                    Thread.Yield();
                }
            }
        }
        catch (IOException exception)
        {
            Break(exception);
        }
    }
}
