namespace SelfCheck;

/// <summary>A service that a command gets from the application.</summary>
internal sealed class Greeter(TimeProvider time)
{
    public string Greet(string name) => $"Hello, {name}! It is {time.GetUtcNow().Year > 2000}.";
}
