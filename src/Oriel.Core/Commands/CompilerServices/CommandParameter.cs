namespace Oriel.CompilerServices;

/// <summary>A parameter that the page gives a command. For generated code.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Type">Its type in TypeScript, for the text of errors.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
/// <param name="IsNullable">Whether it may be null.</param>
public sealed record CommandParameter(string Name, string Type, bool IsOptional = false, bool IsNullable = false);
