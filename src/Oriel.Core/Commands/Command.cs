namespace Oriel;

/// <summary>Answers a call of a page: reads <see cref="CommandContext.Arguments"/>, writes <see cref="CommandContext.Result"/>.</summary>
public delegate ValueTask CommandHandler(CommandContext context);

/// <summary>A method that pages can call.</summary>
/// <param name="Name">What the page calls it: 1 to 256 bytes of UTF-8.</param>
/// <param name="Handler">What answers.</param>
/// <param name="Options">More about it.</param>
public sealed record Command(string Name, CommandHandler Handler, CommandOptions Options);
