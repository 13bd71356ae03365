#nullable disable
class Old
{
    public string Text { get; set; }
    public List<string> Texts { get; set; }
    public int Number { get; set; }
}

static class Uses { public static Old Get(string text, List<string> texts) => null; }
