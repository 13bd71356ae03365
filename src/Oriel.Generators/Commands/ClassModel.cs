namespace Oriel.Generators;

/// <summary>A class whose methods are commands.</summary>
/// <param name="CSharp">How C# names it.</param>
/// <param name="Id">A name for the code that is generated for it: no two classes share it.</param>
/// <param name="Prefix">What stands in front of the names of its commands; empty for nothing.</param>
/// <param name="Constructor">What its constructor takes, when generated code may make one; null otherwise.</param>
/// <param name="Commands">Its commands.</param>
internal sealed record ClassModel(string CSharp, string Id, string Prefix, EquatableArray<ServiceModel>? Constructor, EquatableArray<CommandModel> Commands);

/// <summary>A service that a constructor takes.</summary>
internal sealed record ServiceModel(string CSharp, bool IsOptional);
