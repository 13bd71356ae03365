class A
{
    public List<A> Children { get; init; } = [];
    public B? Other { get; set; }
}

record B(A? Back, Dictionary<string, B> Named);

static class Uses { public static A Tree(B b) => null!; }
