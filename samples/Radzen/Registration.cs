namespace RadzenSample;

/// <summary>What the form asks for.</summary>
public sealed class Registration
{
    /// <summary>The person's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where the person is written to.</summary>
    public string Email { get; set; } = "";

    /// <summary>How many come.</summary>
    public int Guests { get; set; } = 1;
}
