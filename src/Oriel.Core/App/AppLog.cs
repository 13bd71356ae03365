using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Oriel;

/// <summary>The application's logger, which is made when there is something to log.</summary>
internal sealed class AppLog(OrielApp app)
{
    private ILogger? _logger;

    public ILogger Value => _logger ??= app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Oriel");
}
