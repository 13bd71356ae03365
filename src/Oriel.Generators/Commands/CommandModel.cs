namespace Oriel.Generators;

/// <summary>A method, a lambda or a local function that pages can call.</summary>
/// <param name="Name">What the page calls it, without what the class puts in front; for a mapped handler, whose name the call has, it is that constant.</param>
/// <param name="Method">How C# calls it on its object; empty for a mapped handler.</param>
/// <param name="IsStatic">Whether it needs no object.</param>
/// <param name="Parameters">What it takes, in order.</param>
/// <param name="Result">What it answers.</param>
/// <param name="IsUI">Whether it runs on the UI thread.</param>
/// <param name="Capability">What a caller needs.</param>
/// <param name="ContentType">The media type of the bytes it answers.</param>
/// <param name="Example">Arguments that show how it is called, as JSON.</param>
/// <param name="Doc">What its comment says.</param>
/// <param name="Deprecated">What to use in its place; empty when that is not said, null when it is not obsolete.</param>
internal sealed record CommandModel(
    string Name,
    string Method,
    bool IsStatic,
    EquatableArray<ParameterModel> Parameters,
    ResultModel Result,
    bool IsUI,
    string? Capability,
    string? ContentType,
    string? Example,
    MethodDoc Doc,
    string? Deprecated)
{
    public IEnumerable<ParameterModel> Arguments => Parameters.Where(static parameter => parameter.Source == ParameterSource.Argument);

    public bool IsStream => Result.Form is ResultForm.Sequence or ResultForm.Channel;
}
