using System.Text;

namespace Oriel.CompilerServices;

/// <summary>The parameters that the page gives a command. For generated code.</summary>
public sealed class CommandSignature
{
    /// <summary>How many there can be: as many as there are bits to note which have come.</summary>
    public const int MaxParameters = 64;

    private readonly CommandParameter[] _parameters;
    private readonly byte[][] _names;

    /// <summary>Creates the signature of a command.</summary>
    /// <exception cref="ArgumentException">There are more than <see cref="MaxParameters"/>.</exception>
    public CommandSignature(params CommandParameter[] parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Length > MaxParameters)
        {
            throw new ArgumentException($"A command has at most {MaxParameters} parameters that pages give.", nameof(parameters));
        }

        _parameters = parameters;
        _names = [.. parameters.Select(static parameter => Encoding.UTF8.GetBytes(parameter.Name))];
        for (var i = 0; i < parameters.Length; i++)
        {
            Required |= parameters[i].IsOptional ? 0 : 1UL << i;
        }
    }

    internal int Count => _parameters.Length;

    /// <summary>A bit for each parameter that must be given.</summary>
    internal ulong Required { get; }

    internal CommandParameter this[int index] => _parameters[index];

    internal ReadOnlySpan<byte> NameOf(int index) => _names[index];

    /// <summary>How the command is called, for the text of errors.</summary>
    public override string ToString() => _parameters.Length == 0
        ? "no arguments"
        : $"{{ {string.Join(", ", _parameters.Select(static parameter => $"{parameter.Name}{(parameter.IsOptional ? "?" : "")}: {parameter.Type}"))} }}";
}
