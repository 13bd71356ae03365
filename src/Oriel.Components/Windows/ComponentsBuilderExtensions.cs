using Microsoft.Extensions.DependencyInjection;
using Oriel.Ipc;
using Oriel.Components;
using Oriel.Components.Reloading;

namespace Oriel;

/// <summary>Adds components to an application.</summary>
public static class ComponentsBuilderExtensions
{
    /// <summary>Lets windows show Razor components, and views of plain C#.</summary>
    /// <remarks>Adding them again configures the same options further.</remarks>
    /// <param name="builder">The application's builder.</param>
    /// <param name="configure">Changes the options.</param>
    public static OrielAppBuilder AddComponents(this OrielAppBuilder builder, Action<ComponentsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var isFirst = builder.Services.All(static service => service.ServiceType != typeof(ComponentsOptions));
        builder.Services.AddOrielComponents(configure);
        if (isFirst)
        {
            var options = (ComponentsOptions)builder.Services.Single(static service => service.ServiceType == typeof(ComponentsOptions)).ImplementationInstance!;
            ServedProgram.Prepare(builder, options);
            builder.WhenBuilt(app => Add(app, builder.Services, options));
        }

        return builder;
    }

    private static void Add(OrielApp app, IServiceCollection services, ComponentsOptions options)
    {
        // As an instance, which its services do not dispose.
        services.AddSingleton(app);

        options.IsDevelopment |= app.Options.IsDevelopment;
        if (options.Limits == IpcLimits.Default)
        {
            options.Limits = app.Options.Limits;
        }

        var policy = app.DefaultPolicy;
        app.DefaultPolicy = schemes => HostPage.Policy(policy(schemes), options.AllowInlineStyles);
        app.OwnAssets.AddEmbedded(typeof(ComponentsBuilderExtensions).Assembly, "oriel/ui");

        if (StaticWebAssets.Find(options.ApplicationName, options.ApplicationFolder) is { } files)
        {
            app.Assets.Add(files);
        }

        app.Assets.Add(new HostPageSource(app.Assets, options));
        app.Assets.SinglePageFallback ??= HostPageSource.Path;
        new SessionCommands(app).AddTo(app.Commands);

        if (WatchMemory.Find(options.ApplicationFolder) is { } memory)
        {
            WatchMemory.Give(app, memory);
        }
    }
}
