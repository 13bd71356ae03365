namespace Oriel;

/// <summary>Commands that pages call as <c>plugin:name|command</c>, from one hand.</summary>
/// <remarks>One that is <see cref="IAsyncDisposable"/> or <see cref="IDisposable"/> is disposed when it is removed, or with the application.</remarks>
public interface IPlugin
{
    /// <summary>What pages call it by: 1 to 24 letters, digits, <c>-</c> and <c>_</c>.</summary>
    string Name { get; }

    /// <summary>Adds its commands, by their own names. Called once, when the plug-in is added to an application.</summary>
    /// <param name="commands">The plug-in's commands; no one else's.</param>
    /// <param name="app">The application.</param>
    void AddTo(CommandRegistry commands, OrielApp app);
}
