using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace Oriel.Components.Rendering;

/// <summary>Logs what error boundaries catch.</summary>
internal sealed class ErrorBoundaryLogger(ILogger<ErrorBoundary> logger) : IErrorBoundaryLogger
{
    public ValueTask LogErrorAsync(Exception exception)
    {
        logger.ErrorCaught(exception);
        return default;
    }
}
