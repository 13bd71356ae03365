using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        var options = new StateOptions { IsWritable = true };
        app.State("variable", 1, options);
        app.State("later", 1, new StateOptions { IsWritable = DateTime.Now.Hour > 1 });
        app.State("never", 1, new StateOptions { IsWritable = false });
        app.State("without", 1, new StateOptions());
        app.State("nothing", 1, null);
        app.State("target", 1, options: new() { IsWritable = true });
    }
}
