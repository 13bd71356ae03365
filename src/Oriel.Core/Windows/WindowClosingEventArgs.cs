using System.ComponentModel;

namespace Oriel;

/// <summary>Tells that a window is about to close; set <see cref="CancelEventArgs.Cancel"/> to keep it.</summary>
public sealed class WindowClosingEventArgs : CancelEventArgs;
