namespace Oriel.Components;

/// <summary>Makes a program that was started with <c>--serve</c> serve browsers.</summary>
internal static class ServedProgram
{
    /// <summary>Puts the server in the place of the engine, where the program was told to serve.</summary>
    public static void Prepare(OrielAppBuilder builder, ComponentsOptions options)
    {
        if (builder.Serve is not { } serve)
        {
            return;
        }

        OrielApp? built = null;
        builder.WhenBuilt(app => built = app);

        // Read when it starts: what configures the components may come later than the components.
        builder.UseServer(() => new ServeEngine(
            () => built!,
            serve.Address is { } address ? options.Serve with { Address = address.GetLeftPart(UriPartial.Authority) } : options.Serve));
    }
}
