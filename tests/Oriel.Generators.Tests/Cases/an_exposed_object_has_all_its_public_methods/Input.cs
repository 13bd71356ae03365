using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Expose(new Calculator());
        app.Expose(new Calculator(), "math");
    }
}

public sealed class Calculator : IDisposable
{
    public int Total { get; set; }

    /// <summary>Adds two numbers.</summary>
    public double Add(double a, double b) => a + b;

    public Task<double> DivideAsync(double a, double b) => Task.FromResult(a / b);

    internal double Hidden() => 0;

    public override string ToString() => "";

    public void Dispose()
    {
    }
}
