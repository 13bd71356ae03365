class Animal
{
    /// <summary>What it is called.</summary>
    public string Name { get; set; } = "";
    public virtual int Legs { get; set; }
    public object? Extra { get; set; }
}

class Bird : Animal
{
    /// <inheritdoc/>
    public override int Legs { get; set; }
    public new string? Extra { get; set; }
    public double Wings { get; init; }
}

record Base<T>(T Value) { public int Count { get; init; } }

record Derived(int Value, string More) : Base<int>(Value);

static class Uses { public static Bird Fly(Animal animal, Derived derived) => null!; }
