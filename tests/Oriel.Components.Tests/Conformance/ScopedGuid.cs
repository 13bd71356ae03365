namespace Oriel.Components.Tests.Conformance;

public sealed class ScopedGuid : IDisposable
{
    public Guid Value { get; } = Guid.NewGuid();

    public bool IsDisposed { get; private set; }

    public void Dispose() => IsDisposed = true;
}
