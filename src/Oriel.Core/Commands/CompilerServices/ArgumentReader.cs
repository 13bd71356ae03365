using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Oriel.Ipc;

namespace Oriel.CompilerServices;

/// <summary>Reads the arguments of a call: from an object by name, or from an array by position. For generated code.</summary>
/// <remarks>
/// <see cref="Next"/> moves to an argument, and exactly one of the other members reads it. Every mistake of the caller is an
/// <see cref="IpcException"/> with <see cref="IpcErrorCode.InvalidParams"/> whose data has the path of what does not fit.
/// </remarks>
public ref struct ArgumentReader
{
    private readonly CommandContext _context;
    private readonly CommandSignature _signature;
    private readonly JsonTokenType _form;
    private Utf8JsonReader _reader;
    private ulong _seen;
    private int _position = -1;
    private int _index = -1;

    /// <summary>Begins to read the arguments of a call.</summary>
    public ArgumentReader(CommandContext context, CommandSignature signature)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(signature);

        _context = context;
        _signature = signature;
        context.BeginReading();
        if (context.Arguments.IsEmpty)
        {
            return;
        }

        _reader = new Utf8JsonReader(context.Arguments.Span);
        Advance();
        _form = _reader.TokenType;
        if (_form is not (JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.Null))
        {
            throw Error("$", $"takes {_signature}, or an array of that order, and was given {Describe(_form)}.");
        }
    }

    /// <summary>Whether the argument is null.</summary>
    public readonly bool IsNull => _reader.TokenType == JsonTokenType.Null;

    /// <summary>Moves to the next argument.</summary>
    /// <param name="index">Which parameter it is.</param>
    /// <returns>False when there is no other; every parameter that must be given was given then.</returns>
    public bool Next(out int index)
    {
        index = -1;
        if (_form is JsonTokenType.None or JsonTokenType.Null)
        {
            return End();
        }

        Advance();
        if (_reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            return End();
        }

        _position++;
        if (_form == JsonTokenType.StartObject)
        {
            index = Find();
            Advance();
        }
        else
        {
            index = _position < _signature.Count ? _position : throw Error($"$[{_position}]", $"takes {_signature}: there is no parameter {_position + 1}. Leave it out.");
        }

        _index = index;
        if ((_seen & (1UL << index)) != 0)
        {
            throw Error(Path, $"was given \"{_signature[index].Name}\" twice. Give it once.");
        }

        _seen |= 1UL << index;
        if (_reader.TokenType == JsonTokenType.Null && !_signature[index].IsNullable)
        {
            throw _signature[index].IsOptional
                ? Error(Path, $"cannot take null for \"{_signature[index].Name}\". Give a {_signature[index].Type}, or leave it out.")
                : Error(Path, $"cannot take null for \"{_signature[index].Name}\". Give a {_signature[index].Type}.");
        }

        return true;
    }

    /// <summary>Reads text, or null.</summary>
    public readonly string? GetString()
    {
        if (_reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
        {
            throw Mismatch("text");
        }

        try
        {
            return _reader.GetString();
        }
        catch (InvalidOperationException exception)
        {
            throw Misfit(exception);
        }
    }

    /// <summary>Reads a number.</summary>
    public readonly int GetInt32() =>
        _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt32(out var value) ? value : throw Mismatch($"a whole number from {int.MinValue} to {int.MaxValue}");

    /// <summary>Reads a number.</summary>
    public readonly long GetInt64() =>
        _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out var value) ? value : throw Mismatch($"a whole number from {long.MinValue} to {long.MaxValue}");

    /// <summary>Reads a number.</summary>
    public readonly double GetDouble() =>
        _reader.TokenType == JsonTokenType.Number && _reader.TryGetDouble(out var value) && double.IsFinite(value) ? value : throw Mismatch("a number of at most 1.8e308");

    /// <summary>Reads true or false.</summary>
    public readonly bool GetBoolean() => _reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Mismatch("true or false"),
    };

    /// <summary>Reads a value of any type.</summary>
    public T Get<T>(JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);

        using var scope = BodyScope.Enter(_context);
        try
        {
            return JsonSerializer.Deserialize(ref _reader, type)!;
        }
        catch (Exception exception) when (InvalidParams.IsCauseOf(exception))
        {
            throw Misfit(exception);
        }
    }

    /// <summary>Reads a stream of values.</summary>
    public IAsyncEnumerable<T> GetStream<T>(JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);

        try
        {
            return _context.ReadStream(ref _reader, type);
        }
        catch (Exception exception) when (InvalidParams.IsCauseOf(exception))
        {
            throw Misfit(exception);
        }
    }

    /// <summary>Reads a stream of values as a channel.</summary>
    public ChannelReader<T> GetChannel<T>(JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);

        try
        {
            return _context.ReadChannel(ref _reader, type);
        }
        catch (Exception exception) when (InvalidParams.IsCauseOf(exception))
        {
            throw Misfit(exception);
        }
    }

    private readonly string Path => _form == JsonTokenType.StartArray ? $"$[{_position}]" : $"$.{_signature[_index].Name}";

    private static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        _ => "null",
    };

    private void Advance()
    {
        try
        {
            _reader.Read();
        }
        catch (JsonException exception)
        {
            // The envelope was valid JSON: what is left is a value that is nested too deeply.
            throw Error(_index < 0 ? "$" : Path, $"cannot read its arguments: {InvalidParams.ReasonOf(exception)}");
        }
    }

    private readonly bool End()
    {
        var missing = _signature.Required & ~_seen;
        if (missing != 0)
        {
            var parameter = _signature[BitOperations.TrailingZeroCount(missing)];
            throw Error($"$.{parameter.Name}", $"needs \"{parameter.Name}\" ({parameter.Type}). It takes {_signature}.");
        }

        return false;
    }

    // Pages give arguments in the order of the parameters, mostly: the first look finds them.
    private readonly int Find()
    {
        var count = _signature.Count;
        for (var i = 0; i < count; i++)
        {
            var candidate = (_index + 1 + i) % count;
            if (IsName(candidate))
            {
                return candidate;
            }
        }

        throw Unknown();
    }

    private readonly bool IsName(int candidate)
    {
        try
        {
            return _reader.ValueTextEquals(_signature.NameOf(candidate));
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate is in no name of C#.
            return false;
        }
    }

    private readonly IpcException Unknown()
    {
        // The name is the page's, of any length and not always text.
        const int MaxShown = 64;
        string name;
        try
        {
            name = _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            name = "?";
        }

        var shown = name.Length > MaxShown ? name[..MaxShown] + "..." : name;
        return Error($"$.{shown}", $"has no parameter \"{shown}\". It takes {_signature}.");
    }

    private readonly IpcException Misfit(Exception exception)
    {
        var path = exception is JsonException { Path: ['$', .. var rest] } ? Path + rest : Path;
        return Error(path, $"cannot take \"{_signature[_index].Name}\" ({_signature[_index].Type}): {InvalidParams.ReasonOf(exception)}");
    }

    private readonly IpcException Mismatch(string expected)
    {
        var found = _reader.TokenType == JsonTokenType.Number ? "another number" : Describe(_reader.TokenType);
        return Error(Path, $"needs {expected} for \"{_signature[_index].Name}\", and was given {found}.");
    }

    private readonly IpcException Error(string path, string message) => InvalidParams.At(path, $"\"{_context.Name}\" {message}");
}
