namespace SelfCheck;

/// <summary>A text in JSON.</summary>
internal enum Hue
{
    Red,
    DarkGreen,
}
