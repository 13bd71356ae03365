using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("class.new", (string @class, int @event, bool été) => @class);
    }
}

[Commands("delete")]
public sealed class Words
{
    [Command]
    public int @return(int @in) => @in;
}
