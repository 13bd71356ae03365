namespace Oriel.Generators;

/// <summary>How a method makes its caller wait.</summary>
internal enum Waiting
{
    None,
    Task,
    ValueTask,
}

/// <summary>What an answer consists of.</summary>
internal enum ResultForm
{
    Nothing,
    Value,
    Sequence,
    Channel,
}

/// <summary>What a command answers.</summary>
/// <param name="Waiting">What it is wrapped in.</param>
/// <param name="Form">What it consists of.</param>
/// <param name="CSharp">The method's return type in C#.</param>
/// <param name="Type">The type of the answer, or of an item.</param>
internal sealed record ResultModel(Waiting Waiting, ResultForm Form, string CSharp, TypeUse? Type);
