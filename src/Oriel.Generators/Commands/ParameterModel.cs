namespace Oriel.Generators;

/// <summary>Where the value of a parameter comes from.</summary>
internal enum ParameterSource
{
    Argument,
    Window,
    App,
    Context,
    Cancellation,
    Services,
    Progress,
    Service,
}

/// <summary>A parameter of a command.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">Where its value comes from.</param>
/// <param name="CSharp">Its type in C#.</param>
/// <param name="Type">The type of an argument, or of what progress reports.</param>
/// <param name="Default">Its default value in C#, an empty list for <c>params</c>; null when it has none.</param>
/// <param name="IsNullable">Whether null may be given to it.</param>
/// <param name="IsParams">Whether it is declared with <c>params</c>.</param>
internal sealed record ParameterModel(string Name, ParameterSource Source, string CSharp, TypeUse? Type, string? Default, bool IsNullable, bool IsParams);
