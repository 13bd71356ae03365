using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Oriel.Generators;

/// <summary>Reads methods into models, and notes what is wrong with them.</summary>
internal sealed class CommandReader(Compilation compilation, CancellationToken cancellationToken, ICollection<INamedTypeSymbol>? classes = null)
{
    public const string CommandAttribute = "Oriel.CommandAttribute";
    public const string CommandsAttribute = "Oriel.CommandsAttribute";

    private const int MaxArguments = 64;
    private const int MaxNameBytes = 256;

    private readonly TypeCatalog _catalog = new(compilation, cancellationToken);
    private readonly List<DiagnosticInfo> _diagnostics = [];
    private readonly List<NamedPlace> _names = [];

    public Compilation Compilation => compilation;

    public CancellationToken CancellationToken => cancellationToken;

    public EquatableArray<TypeShape> Shapes => _catalog.Shapes;

    public EquatableArray<DiagnosticInfo> Diagnostics => _diagnostics.Concat(_catalog.Diagnostics).Distinct().ToEquatableArray();

    public EquatableArray<NamedPlace> Names => _names.ToEquatableArray();

    public void Report(DiagnosticDescriptor descriptor, Location? location, params string[] arguments) =>
        _diagnostics.Add(DiagnosticInfo.Create(descriptor, SourceLocation.Of(location), arguments));

    /// <summary>Notes that what is found depends on the methods of a class.</summary>
    public void DependOn(INamedTypeSymbol type) => classes?.Add(type);

    /// <summary>Uses a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="location">Where.</param>
    /// <param name="isRead">Whether values of it come from pages.</param>
    public TypeUse Use(ITypeSymbol type, Location? location, bool isRead) => _catalog.Use(type, SourceLocation.Of(location), isRead);

    /// <summary>Notes a whole name, so that two of one name are seen.</summary>
    public bool Name(string name, CommandModel command, Location? location)
    {
        if (name.Length == 0 || Encoding.UTF8.GetByteCount(name) > MaxNameBytes || name.Any(char.IsControl))
        {
            Report(Descriptors.BadName, location, name);
            return false;
        }

        if (name.StartsWith("oriel.", StringComparison.Ordinal))
        {
            Report(Descriptors.ReservedName, location, name);
            return false;
        }

        _names.Add(new NamedPlace(NamedPlace.Command, name, Signature(command), SourceLocation.Of(location)));
        return true;
    }

    /// <summary>Reads a method; null when it cannot be a command, which has been said then.</summary>
    /// <param name="method">The method.</param>
    /// <param name="name">What the page calls it.</param>
    /// <param name="place">Where to point when the method is not in source.</param>
    /// <param name="answer">The type of its answer where that says more than the method's own; null otherwise.</param>
    public CommandModel? Read(IMethodSymbol method, string name, Location? place, ITypeSymbol? answer = null)
    {
        var shown = method.MethodKind == MethodKind.AnonymousFunction ? name : method.Name;
        var where = method.MethodKind == MethodKind.AnonymousFunction ? place : Where(method, place);
        if (method.TypeArguments.Any(static argument => argument is ITypeParameterSymbol))
        {
            Report(Descriptors.GenericMethod, where, shown);
            return null;
        }

        if (method is { IsAsync: true, ReturnsVoid: true })
        {
            Report(Descriptors.AsyncVoid, where, shown);
            return null;
        }

        var attribute = CommandOf(method);
        var isGood = true;
        var parameters = new List<ParameterModel>();
        foreach (var parameter in method.Parameters)
        {
            if (Read(parameter, shown, place) is { } model)
            {
                parameters.Add(model);
            }
            else
            {
                isGood = false;
            }
        }

        if (Result(method, answer ?? method.ReturnType, shown, where) is not { } result || !isGood)
        {
            return null;
        }

        if (parameters.Count(static parameter => parameter.Source == ParameterSource.Argument) is > MaxArguments and var count)
        {
            Report(Descriptors.TooManyParameters, where, shown, count.ToString(CultureInfo.InvariantCulture));
            return null;
        }

        var twice = parameters.Where(static parameter => parameter.Source == ParameterSource.Argument).GroupBy(static parameter => parameter.Name, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1);
        if (twice is not null)
        {
            Report(Descriptors.SameParameter, where, shown, twice.Key);
            return null;
        }

        var progresses = parameters.Count(static parameter => parameter.Source == ParameterSource.Progress);
        if (progresses > 1)
        {
            Report(Descriptors.TwoProgresses, where, shown);
            return null;
        }

        if (progresses == 1 && result.Form is (ResultForm.Sequence or ResultForm.Channel))
        {
            Report(Descriptors.ProgressInStream, where, shown);
            return null;
        }

        return new CommandModel(
            name,
            method.MethodKind == MethodKind.AnonymousFunction ? "" : method.Name,
            method.IsStatic,
            parameters.ToEquatableArray(),
            result,
            attribute?.NamedArguments.FirstOrDefault(static argument => argument.Key == "Thread").Value.Value is 1,
            attribute?.NamedArguments.FirstOrDefault(static argument => argument.Key == "Capability").Value.Value as string,
            attribute?.NamedArguments.FirstOrDefault(static argument => argument.Key == "ContentType").Value.Value as string,
            attribute?.NamedArguments.FirstOrDefault(static argument => argument.Key == "Example").Value.Value as string,
            MethodDoc.Read(method, cancellationToken),
            Deprecation(method));
    }

    public static Location? Where(ISymbol symbol, Location? otherwise) => symbol.Locations.FirstOrDefault(static location => location.IsInSource) ?? otherwise;

    /// <summary>The attribute of a method, or of what it overrides.</summary>
    public static AttributeData? CommandOf(IMethodSymbol method)
    {
        for (var current = method; current is not null; current = current.OverriddenMethod)
        {
            if (current.Attribute(CommandAttribute) is { } attribute)
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>What the page calls a method that does not say.</summary>
    public static string NameOf(IMethodSymbol method)
    {
        var name = method.Name;
        return JsonText.CamelCase(name.Length > 5 && name.EndsWith("Async", StringComparison.Ordinal) ? name.Substring(0, name.Length - 5) : name);
    }

    /// <summary>What pages see of a command: of two with one name and one signature there is nothing to say.</summary>
    private static string Signature(CommandModel command)
    {
        var text = new StringBuilder();
        foreach (var parameter in command.Parameters)
        {
            if (parameter.Type is { } type)
            {
                text.Append(parameter.Source).Append(' ').Append(parameter.Name).Append(parameter.Default is null ? ":" : "?:").Append(type.TypeScript).Append(',');
            }
        }

        return text.Append("=>").Append(command.Result.Form).Append(command.Result.Type?.TypeScript).ToString();
    }

    private ParameterModel? Read(IParameterSymbol parameter, string command, Location? place)
    {
        var where = Where(parameter, place);
        var type = parameter.Type;
        var passing = parameter.RefKind switch
        {
            RefKind.Ref => "ref",
            RefKind.Out => "out",
            RefKind.In => "in",
            RefKind.None => type is IPointerTypeSymbol or IFunctionPointerTypeSymbol ? "a pointer" : type.IsRefLikeType ? "a ref struct" : null,
            _ => "ref readonly",
        };
        if (passing is not null)
        {
            Report(Descriptors.PassedByReference, where, parameter.Name, command, passing);
            return null;
        }

        if (type.TypeKind == TypeKind.Error)
        {
            // The compiler says it better.
            return null;
        }

        if (type.Inaccessible(compilation) is { } hidden)
        {
            Report(Descriptors.NotAccessible, where, command, CSharpText.Readable(hidden));
            return null;
        }

        var source = Source(parameter);
        var isNullable = type.NullableAnnotation == NullableAnnotation.Annotated;
        TypeUse? use = null;
        if (source == ParameterSource.Argument)
        {
            if (Streamed(type) is { } item)
            {
                use = Use(item, where, isRead: true);
                var list = $"AsyncIterable<{use.TypeScript}>";
                use = use with { TypeScript = isNullable ? $"{list} | null" : list };
            }
            else
            {
                use = Use(type, where, isRead: true);
                isNullable = use.IsNullable;
                if (use.HoldsBodies && Binary(type))
                {
                    use = use with { TypeScript = isNullable ? "BinarySource | null" : "BinarySource" };
                }
            }
        }
        else if (source == ParameterSource.Progress)
        {
            use = Use(((INamedTypeSymbol)type).TypeArguments[0], where, isRead: false);
        }

        var literal = parameter.IsParams ? "[]" : parameter.HasExplicitDefaultValue ? CSharpText.Default(parameter) : null;
        return new ParameterModel(parameter.Name, source, CSharpText.Of(type), use, literal, isNullable, parameter.IsParams);
    }

    private static ParameterSource Source(IParameterSymbol parameter)
    {
        var type = parameter.Type;
        if (parameter.Attribute("Oriel.FromServicesAttribute") is not null)
        {
            return ParameterSource.Service;
        }

        if (type.Is("Oriel.Window"))
        {
            return ParameterSource.Window;
        }

        if (type.Is("Oriel.OrielApp"))
        {
            return ParameterSource.App;
        }

        if (type.Is("Oriel.CommandContext"))
        {
            return ParameterSource.Context;
        }

        if (type.Is("System.Threading.CancellationToken"))
        {
            return ParameterSource.Cancellation;
        }

        if (type.Is("System.IServiceProvider"))
        {
            return ParameterSource.Services;
        }

        if (type.Is("System.IProgress`1"))
        {
            return ParameterSource.Progress;
        }

        // An interface that says how it is read is data.
        var isService = type.TypeKind == TypeKind.Interface
            && !type.Implements("System.Collections.IEnumerable")
            && !type.Implements("System.Collections.Generic.IAsyncEnumerable`1")
            && !type.GetAttributes().Any(static attribute => attribute.AttributeClass?.ContainingNamespace is { Name: "Serialization", ContainingNamespace.Name: "Json" });
        return isService ? ParameterSource.Service : ParameterSource.Argument;
    }

    /// <summary>The type of an item, when a type is a stream of values.</summary>
    private static ITypeSymbol? Streamed(ITypeSymbol type) =>
        type.Is("System.Collections.Generic.IAsyncEnumerable`1") || type.Is("System.Threading.Channels.ChannelReader`1") ? ((INamedTypeSymbol)type).TypeArguments[0] : null;

    /// <summary>The same, for a type that derives from one: it can be passed on as what it derives from, though no task of it can.</summary>
    private static ITypeSymbol? StreamedBy(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (Streamed(current) is { } item)
            {
                return item;
            }
        }

        return type.AllInterfaces.Select(Streamed).OfType<ITypeSymbol>().FirstOrDefault();
    }

    private static bool Binary(ITypeSymbol type) => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? Binary(nullable.TypeArguments[0])
        : type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte }
        || type.Is("System.IO.Stream") || type.Is("System.IO.Pipelines.PipeReader") || type.Is("System.Memory`1") || type.Is("System.ReadOnlyMemory`1");

    private ResultModel? Result(IMethodSymbol method, ITypeSymbol declared, string command, Location? where)
    {
        if (method.ReturnsByRef || method.ReturnsByRefReadonly || declared.IsRefLikeType || declared is IPointerTypeSymbol)
        {
            Report(Descriptors.PassedByReference, where, "return value", command, method.ReturnsByRef || method.ReturnsByRefReadonly ? "ref" : declared.IsRefLikeType ? "a ref struct" : "a pointer");
            return null;
        }

        if (declared.TypeKind == TypeKind.Error)
        {
            return null;
        }

        if (declared.SpecialType == SpecialType.System_Void)
        {
            return new ResultModel(Waiting.None, ResultForm.Nothing, "void", null);
        }

        if (declared.Inaccessible(compilation) is { } hidden)
        {
            Report(Descriptors.NotAccessible, where, command, CSharpText.Readable(hidden));
            return null;
        }

        var csharp = CSharpText.Of(declared);
        if (declared.Is("System.Threading.Tasks.Task"))
        {
            return new ResultModel(Waiting.Task, ResultForm.Nothing, csharp, null);
        }

        if (declared.Is("System.Threading.Tasks.ValueTask"))
        {
            return new ResultModel(Waiting.ValueTask, ResultForm.Nothing, csharp, null);
        }

        var waiting = declared.Is("System.Threading.Tasks.Task`1") ? Waiting.Task : declared.Is("System.Threading.Tasks.ValueTask`1") ? Waiting.ValueTask : Waiting.None;
        var type = waiting == Waiting.None ? declared : ((INamedTypeSymbol)declared).TypeArguments[0];
        if ((waiting == Waiting.None ? StreamedBy(type) : Streamed(type)) is { } item)
        {
            var form = !type.Implements("System.Collections.Generic.IAsyncEnumerable`1") ? ResultForm.Channel : ResultForm.Sequence;
            return new ResultModel(waiting, form, csharp, Use(item, where, isRead: false));
        }

        return new ResultModel(waiting, ResultForm.Value, csharp, Use(type, where, isRead: false));
    }

    private static string? Deprecation(IMethodSymbol method) =>
        method.Attribute("System.ObsoleteAttribute") is { } obsolete
            ? obsolete.ConstructorArguments.Length > 0 ? obsolete.ConstructorArguments[0].Value as string ?? "" : ""
            : null;
}
