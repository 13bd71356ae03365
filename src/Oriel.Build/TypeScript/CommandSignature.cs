namespace Oriel.Build;

/// <summary>What stands between the parentheses of a command, and behind them.</summary>
internal sealed class CommandSignature
{
    /// <param name="where">The command's name, for an error.</param>
    public CommandSignature(ManifestCommand command, ClientImport import, TypePrinter types, string where)
    {
        var options = types.OfClient(command.IsStream ? ClientTypes.StreamOptions : ClientTypes.InvokeOptions);
        OptionsType = command is { Progress: { } progress, IsStream: false } ? WithProgress(options, import, types.Print(progress, where)) : options;
        Item = types.Print(command.Result, where);
        Result = $"{types.OfPlatform(command.IsStream ? "AsyncIterable" : "Promise")}<{Item}>";
        if (command.Parameters.Count > 0)
        {
            Arguments = types.Object(command.Parameters, where);
            Default = command.Parameters.All(parameter => parameter.IsOptional) ? " = {}" : "";
        }
    }

    /// <summary>The type of the arguments, on one line; null when the command has none.</summary>
    public string? Arguments { get; }

    /// <summary>What makes the arguments optional, when all of them are.</summary>
    public string Default { get; } = "";

    public string OptionsType { get; }

    public string Options => $"options?: {OptionsType}";

    /// <summary>The type of the answer, or of an item of the stream.</summary>
    public string Item { get; }

    /// <summary>The type of what the function returns.</summary>
    public string Result { get; }

    // The package's options have an onProgress of anything: beside it a second one would be no more than an overload.
    private static string WithProgress(string options, ClientImport import, string progress) => import == ClientImport.Package
        ? $"{options}<{progress}>"
        : $"{options} & {{ onProgress?: (value: {progress}) => void }}";
}
