using System.Collections.Concurrent;
using System.Text;
using Oriel.Engines;

namespace Oriel.Tests;

/// <summary>Keeps what it is settled with.</summary>
internal sealed class FakeReply : IEngineReply
{
    private readonly ConcurrentQueue<string> _returned = new();

    public int Count => _returned.Count;

    /// <summary>What it was settled with, exactly once.</summary>
    public string Text => Assert.Single(_returned);

    public void Return(ReadOnlySpan<byte> utf8) => _returned.Enqueue(Encoding.UTF8.GetString(utf8));
}
