namespace Oriel.Engines.Gtk.Tests;

/// <summary>What the tests run in a process of its own.</summary>
internal static class ChildProgram
{
    public static int Run(string scenario) => throw new ArgumentException($"There is no scenario {scenario}.");
}
