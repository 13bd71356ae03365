using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Spectre.Console;

namespace Oriel.Bench.Runner;

/// <summary>Shows figures as a table, and keeps them.</summary>
internal static class Report
{
    private static readonly string[] Columns = ["figure", "unit", "Oriel", "floor", "ratio", "95 % interval", "target"];

    public static void Print(IReadOnlyList<Figure> figures)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(Columns);
        foreach (var column in table.Columns.Skip(2).Take(4))
        {
            column.RightAligned();
        }

        foreach (var figure in figures)
        {
            table.AddRow(CellsOf(figure));
        }

        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 140);
        AnsiConsole.Write(table);
    }

    /// <summary>Appends a table to the file that keeps them all.</summary>
    public static void Append(string path, string engine, IReadOnlyList<Figure> figures)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\n## {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{engine}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores ({ProcessorName()}).\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", Columns)} |\n|---|---|--:|--:|--:|--:|---|\n");

        foreach (var figure in figures)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", CellsOf(figure))} |\n");
        }

        File.AppendAllText(path, text.ToString());
    }

    private static string[] CellsOf(Figure figure) =>
    [
        figure.Name,
        figure.Unit,
        Number(figure.Oriel),
        Number(figure.Floor),
        $"{Ratio(figure.Ratio)}x",
        figure.Interval is { } interval ? $"{Ratio(interval.Low)} to {Ratio(interval.High)}" : "",
        figure.Target,
    ];

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 1_000 ? "N0" : Math.Abs(value) >= 10 ? "0.0" : "0.000", CultureInfo.InvariantCulture);

    private static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string ProcessorName() =>
        File.Exists("/proc/cpuinfo") && File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':') + 1)..].Trim()
            : "unknown processor";
}
