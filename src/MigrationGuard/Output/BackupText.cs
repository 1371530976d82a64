using System.Globalization;
using MigrationGuard.Retention.BackupPromises;
using Spectre.Console;

namespace MigrationGuard.Output;

/// <summary>What stores hold, as text.</summary>
internal static class BackupText
{
    /// <returns>Why stores could not be listed to their end; empty where all were.</returns>
    public static async Task<IReadOnlyList<string>> WriteAsync(IReadOnlyList<InventoryReading> readings, ProgramContext context, CancellationToken cancellationToken)
    {
        var console = Terminal.On(context.Output, context, context.OutputIsTerminal);
        foreach (var reading in readings)
        {
            var copies = new List<ListedCopy>();
            await foreach (var copy in reading.CopiesAsync(cancellationToken))
                copies.Add(ListedCopy.Of(copy));
            console.WriteLine(Printable.Of(reading.Store.Place.TrimEnd(',')));
            foreach (var unseen in reading.Unseen)
                console.WriteLine(Printable.Of("  " + unseen));
            // Striped back-ups are rare, and eighty columns few.
            var areStriped = copies.Exists(copy => copy.Stripe is not (null or "1/1"));
            var table = new Table().Border(TableBorder.Simple).AddColumn("Database, server");
            string[] narrowColumns = ["Kind", "Started (UTC)", .. areStriped ? new[] { "Stripe" } : [], "MB", "Content"];
            foreach (var narrow in narrowColumns)
                table.AddColumn(new TableColumn(narrow).NoWrap());
            table.AddColumn("File");
            foreach (var copy in copies.OrderBy(copy => copy.Database, StringComparer.OrdinalIgnoreCase).ThenBy(copy => copy.Started ?? copy.Modified).ThenBy(copy => copy.Name, StringComparer.Ordinal))
            {
                string[] cells =
                [
                    copy.Database is null ? "" : $"{Printable.Of(copy.Database)}\n{Printable.Of(copy.Server!)}",
                    copy.Kind ?? "",
                    copy.Started?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "",
                    .. areStriped ? new[] { copy.Stripe ?? "" } : [],
                    (copy.Bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture),
                    copy.Content,
                    Printable.Of(copy.Name),
                ];
                table.AddRow(cells.Select(cell => new Text(cell)));
            }
            console.Write(table);
            // Sentences have no room in a cell.
            foreach (var copy in copies.Where(copy => copy.Reason is not null))
                console.WriteLine(Printable.Of($"  {copy.Name}, {copy.Content}: {copy.Reason}"));
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{copies.Count} {(copies.Count == 1 ? "copy" : "copies")}, {copies.Sum(copy => copy.Bytes) / 1e6:N1} MB."));
        }
        console.WriteLine("Whole is what begins and ends as a back-up does and, where its filemarks say where they were written, has nothing taken out or put in between. Whether it can be restored, RESTORE VERIFYONLY or a restore shows.");
        return [.. readings.Select(reading => reading.NotListed).OfType<string>()];
    }
}
