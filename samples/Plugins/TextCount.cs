namespace Plugins;

internal sealed record TextCount(int Words, int Lines);
