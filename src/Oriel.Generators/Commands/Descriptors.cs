using Microsoft.CodeAnalysis;

namespace Oriel.Generators;

/// <summary>What the generator has to say about commands. Those about types begin at ORIEL101.</summary>
internal static class Descriptors
{
    public static readonly DiagnosticDescriptor PassedByReference = Error("ORIEL001", "A parameter cannot come from a page",
        "The parameter \"{0}\" of \"{1}\" is {2}: nothing of a page can be passed like that. Take a value, and return what the command has to say.");

    public static readonly DiagnosticDescriptor GenericMethod = Error("ORIEL002", "A command cannot be generic",
        "\"{0}\" has type parameters, and a page does not say which types it means. Write a command for each type.");

    public static readonly DiagnosticDescriptor Overload = Error("ORIEL003", "Two methods of a class are one command",
        "\"{0}\" is the command \"{1}\", as another method of {2} is. Name one of them: [Command(\"otherName\")].");

    public static readonly DiagnosticDescriptor DuplicateName = Warning("ORIEL004", "Two commands have one name",
        "There is another command \"{0}\" with other parameters or another answer. An application can have one of them, and pages see the types of one. Choose another name.");

    public static readonly DiagnosticDescriptor HandlerNotSeen = Error("ORIEL005", "The handler of a command is not visible",
        "{0} needs a lambda or the name of a method in the call itself: code is generated from it. Otherwise use an overload of Map that takes JsonTypeInfo, or MapRaw.");

    public static readonly DiagnosticDescriptor NameNotConstant = Warning("ORIEL006", "The name of a command is not constant",
        "The name is known only when the program runs, so that no TypeScript is written for this command. Use a constant, or MapRaw for commands that come and go.");

    public static readonly DiagnosticDescriptor NotAccessible = Error("ORIEL007", "Generated code cannot use a type",
        "\"{0}\" uses {1}, which generated code cannot name. Make the type internal or public, outside of private types and generic methods; or use an overload of Map that takes JsonTypeInfo.");

    public static readonly DiagnosticDescriptor ProgressInStream = Error("ORIEL008", "A stream has no progress",
        "\"{0}\" answers with a stream, and takes an IProgress. Put the progress into the items.");

    public static readonly DiagnosticDescriptor TwoProgresses = Error("ORIEL009", "A command has one progress",
        "\"{0}\" takes more than one IProgress, and a page has one onProgress. Report a type that has both.");

    public static readonly DiagnosticDescriptor CommandOutside = Error("ORIEL010", "A command has no class of commands",
        "\"{0}\" has [Command], and its class {1} has no [Commands]. Add [Commands] to the class.");

    public static readonly DiagnosticDescriptor ClassUnfit = Error("ORIEL011", "A class cannot have commands",
        "{0} has [Commands] and is {1}. Its commands need a class of which there can be an object, and which generated code can name.");

    public static readonly DiagnosticDescriptor MethodUnfit = Error("ORIEL012", "A method cannot be a command",
        "\"{0}\" has [Command] and is {1}. Make it an internal or public method with a body.");

    public static readonly DiagnosticDescriptor NoCommands = Error("ORIEL013", "There is nothing to map",
        "{0} cannot be mapped: {1}.");

    public static readonly DiagnosticDescriptor Constructor = Error("ORIEL014", "Generated code cannot make an object",
        "{0} has {1}. Give it exactly one that takes services, or make the object and use Map(instance).");

    public static readonly DiagnosticDescriptor NoName = Error("ORIEL015", "A lambda has no name",
        "Expose takes a command's name from a method, and this is a lambda. Use Expose(\"name\", ...).");

    public static readonly DiagnosticDescriptor BadName = Error("ORIEL016", "A command cannot have that name",
        "\"{0}\" cannot be the name of a command: it has 1 to 256 bytes of UTF-8 without control characters.");

    public static readonly DiagnosticDescriptor TooManyParameters = Error("ORIEL017", "A command has too many parameters",
        "\"{0}\" takes {1} arguments, and a command takes at most 64. Take a record that has them.");

    public static readonly DiagnosticDescriptor ReservedName = Error("ORIEL018", "A command's name belongs to Oriel",
        "\"{0}\" begins with \"oriel.\", as Oriel's own commands do. Choose another name.");

    public static readonly DiagnosticDescriptor AsyncVoid = Error("ORIEL019", "A command is async and answers with nothing to wait for",
        "\"{0}\" is async void: nobody can wait for it, and what it throws ends the application. Return Task.");

    public static readonly DiagnosticDescriptor SameParameter = Error("ORIEL020", "Two parameters have one name",
        "\"{0}\" takes two arguments that are called \"{1}\", and a page names its arguments. Give each a name of its own.");

    public static readonly DiagnosticDescriptor TwoTypes = Warning("ORIEL021", "One name has two types",
        "The {0} \"{1}\" has another type at another place, and pages see the type of one. Use one type, or another name.");

    public static readonly DiagnosticDescriptor BytesBesideCalls = Error("ORIEL022", "Bytes cannot be in events and states",
        "{0} is, or holds, bytes or a stream, and those travel with calls alone. Serve them by app.Serve and send the address, or answer a command with them.");

    /// <summary>The page of a diagnostic, as it lies in the repository and in the package.</summary>
    public static string HelpLink(string id) => $"docs/diagnostics/{id}.md";

    private static DiagnosticDescriptor Error(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, "Oriel", severity, isEnabledByDefault: true, helpLinkUri: HelpLink(id));
}
