namespace Oriel.Security;

/// <summary>The policy that pages get unless the app sets its own.</summary>
internal static class ContentSecurityPolicy
{
    public static string Default(IEnumerable<string> schemes)
    {
        var own = string.Concat(schemes.Select(static scheme => $" {scheme}:"));
        return "default-src 'self'; script-src 'self'; style-src 'self'; " +
            $"img-src 'self' data: blob:{own}; media-src 'self' blob:{own}; font-src 'self' data:; connect-src 'self'{own}; " +
            "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
    }
}
