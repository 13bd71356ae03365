namespace Oriel;

/// <summary>The argument that makes a program of components serve browsers instead of having windows.</summary>
/// <param name="Address">Where to listen; null for the default.</param>
internal sealed record ServeArgument(Uri? Address)
{
    public const string Name = "--serve";

    /// <summary>Finds it among the arguments of a program; null when it is not there.</summary>
    /// <exception cref="ArgumentException">The address is none that can be served.</exception>
    public static ServeArgument? Find(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == Name)
            {
                // What does not look like an address belongs to the program.
                var next = i + 1 < arguments.Count && arguments[i + 1].Contains("://", StringComparison.Ordinal) ? arguments[i + 1] : null;
                return new ServeArgument(next is null ? null : Parse(next));
            }

            if (arguments[i].StartsWith($"{Name}=", StringComparison.Ordinal))
            {
                return new ServeArgument(Parse(arguments[i][(Name.Length + 1)..]));
            }
        }

        return null;
    }

    private static Uri Parse(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.PathAndQuery == "/" && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
            ? uri
            : throw new ArgumentException($"{Name} takes an address as http://127.0.0.1:5005, and \"{address}\" is none. What is served by https belongs behind a server that has certificates.");
}
