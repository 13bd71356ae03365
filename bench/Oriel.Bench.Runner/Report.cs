using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Spectre.Console;

namespace Oriel.Bench.Runner;

/// <summary>Shows figures as a table, and keeps them.</summary>
internal static class Report
{
    private static readonly string[] Columns = ["figure", "unit", "Oriel", "floor", "ratio", "95 % interval", "target"];
    private static readonly string[] ColumnsWithPeers = [.. Columns[..^1], "peers", "target"];

    public static void Print(IReadOnlyList<Figure> figures)
    {
        var hasPeers = HasPeers(figures);
        var table = new Table().Border(TableBorder.Simple).AddColumns(hasPeers ? ColumnsWithPeers : Columns);
        foreach (var column in table.Columns.Skip(2).Take(4))
        {
            column.RightAligned();
        }

        foreach (var figure in figures)
        {
            table.AddRow(CellsOf(figure, hasPeers));
        }

        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, hasPeers ? 220 : 140);
        AnsiConsole.Write(table);
    }

    /// <summary>Appends a table to the file that keeps them all.</summary>
    public static void Append(string path, string engine, IReadOnlyList<Figure> figures)
    {
        var hasPeers = HasPeers(figures);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\n## {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{engine}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores ({ProcessorName()}).\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", hasPeers ? ColumnsWithPeers : Columns)} |\n|---|---|--:|--:|--:|--:|---|{(hasPeers ? "---|" : "")}\n");

        foreach (var figure in figures)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", CellsOf(figure, hasPeers))} |\n");
        }

        File.AppendAllText(path, text.ToString());
    }

    private static bool HasPeers(IReadOnlyList<Figure> figures) => figures.Any(static figure => figure.Peers is not null);

    private static string[] CellsOf(Figure figure, bool hasPeers)
    {
        string[] cells =
        [
            figure.Name,
            figure.Unit,
            Number(figure.Oriel),
            figure.Floor is { } floor ? Number(floor) : "",
            figure.Ratio is { } ratio ? $"{Ratio(ratio)}x" : "",
            figure.Interval is { } interval ? $"{Ratio(interval.Low)} to {Ratio(interval.High)}" : "",
        ];
        string[] peers = hasPeers ? [string.Join(", ", (figure.Peers ?? new Dictionary<string, double>()).Select(static peer => $"{peer.Key} {Number(peer.Value)}"))] : [];
        return [.. cells, .. peers, figure.Target];
    }

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 1_000 ? "N0" : Math.Abs(value) >= 10 ? "0.0" : "0.000", CultureInfo.InvariantCulture);

    private static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string ProcessorName() =>
        File.Exists("/proc/cpuinfo") && File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':') + 1)..].Trim()
            : "unknown processor";
}
