using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Oriel;

/// <summary>The application's logger, which is made when there is something to log.</summary>
internal sealed class AppLog(OrielApp app)
{
    private ILogger? _logger;
    private ILogger? _backends;

    public ILogger Value => _logger ??= app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Oriel");

    /// <summary>What other processes write, which can be filtered by itself.</summary>
    public ILogger Backends => _backends ??= app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Oriel.Backends");
}
