namespace Oriel.Generators;

/// <summary>Writes the methods that take the place of calls of <c>Map</c> and <c>Expose</c>.</summary>
internal static class InterceptorEmitter
{
    private const string Commands = "global::Oriel.CommandRegistry commands";
    private const string App = "global::Oriel.OrielApp app";
    private const string Runtime = "global::Oriel.CompilerServices.";

    public static string Emit(IEnumerable<SiteModel> sites)
    {
        var code = new CodeWriter();
        code.Open("namespace System.Runtime.CompilerServices");
        code.Line("[global::System.AttributeUsage(global::System.AttributeTargets.Method, AllowMultiple = true)]");
        code.Line("file sealed class InterceptsLocationAttribute : global::System.Attribute");
        code.Open();
        code.Open("public InterceptsLocationAttribute(int version, string data)");
        code.Close();
        code.Close();
        code.Close().Line();

        code.Open("namespace Oriel.Generated");
        code.Line(DispatchEmitter.Silent);
        code.Open("file static class Interceptors");
        var hasHandlers = false;
        var number = 0;
        foreach (var site in sites)
        {
            code.Line(site.Attribute);
            if (site.Command is { } command)
            {
                hasHandlers = true;
                EmitHandler(code, site.Kind, command, number);
            }
            else
            {
                EmitClass(code, site, number);
            }

            code.Line();
            number++;
        }

        if (hasHandlers)
        {
            // A lambda with default values has a delegate type without a name: another lambda of the same form has the same.
            code.Line("private static T Cast<T>(global::System.Delegate handler, T form)");
            code.Line("    where T : global::System.Delegate => (T)handler;");
        }

        code.Close();
        code.Close();
        return DispatchEmitter.Header + code;
    }

    private static void EmitHandler(CodeWriter code, SiteKind kind, CommandModel command, int number)
    {
        const string Handler = "global::System.Delegate handler";

        var (parameters, name, options) = kind switch
        {
            SiteKind.MapHandler => ($"this {Commands}, string name, {Handler}, global::Oriel.CommandOptions? options = null", "name", "options"),
            SiteKind.ExposeNamedHandler => ($"this {App}, string name, {Handler}", "name", "null"),
            _ => ($"this {App}, {Handler}", CSharpText.Literal(command.Name), "null"),
        };
        code.Open($"internal static void Map{number}({parameters})");
        if (kind != SiteKind.MapHandler)
        {
            code.Line($"var commands = {Runtime}GeneratedCommands.Of(app);");
        }

        var form = command.Parameters.Select(static (parameter, i) =>
            $"{(parameter.IsParams ? "params " : "")}{parameter.CSharp} p{i}{(parameter.Default is null || parameter.IsParams ? "" : $" = {parameter.Default}")}");
        code.Line($"var call = Cast(handler, {command.Result.CSharp} ({string.Join(", ", form)}) => throw null!);");
        DispatchEmitter.Emit(code, command, name, options, "call");
        code.Close();
    }

    private static void EmitClass(CodeWriter code, SiteModel site, int number)
    {
        var owner = site.ClassId;
        switch (site.Kind)
        {
            case SiteKind.MapClass:
                code.Line($"internal static void Map{number}(this {Commands}) =>");
                code.Line($"    {owner}.Map(commands, {Runtime}GeneratedCommands.Instance<{site.ClassCSharp}>(commands, {owner}.Create), null);");
                break;
            case SiteKind.MapInstance:
                code.Line($"internal static void Map{number}(this {Commands}, {site.ClassCSharp} instance) =>");
                code.Line($"    {owner}.Map(commands, new {Runtime}CommandInstance<{site.ClassCSharp}>(instance), null);");
                break;
            default:
                code.Line($"internal static void Map{number}(this {App}, {site.ClassCSharp} target, string? name = null) =>");
                code.Line($"    {owner}.Map({Runtime}GeneratedCommands.Of(app), new {Runtime}CommandInstance<{site.ClassCSharp}>(target), name);");
                break;
        }
    }
}
