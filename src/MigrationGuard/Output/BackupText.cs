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
            var table = new Table().Border(TableBorder.Simple).AddColumns("Database", "Server", "Kind", "Started (UTC)", "Stripe", "MB", "File", "Content");
            foreach (var copy in copies.OrderBy(copy => copy.Database, StringComparer.OrdinalIgnoreCase).ThenBy(copy => copy.Started ?? copy.Modified).ThenBy(copy => copy.Name, StringComparer.Ordinal))
            {
                table.AddRow(
                    new Text(Printable.Of(copy.Database ?? "")),
                    new Text(Printable.Of(copy.Server ?? "")),
                    new Text(copy.Kind ?? ""),
                    new Text(copy.Started?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? ""),
                    new Text(copy.Stripe ?? ""),
                    new Text((copy.Bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture)),
                    new Text(Printable.Of(copy.Name)),
                    new Text(Printable.Of(copy.Reason is null ? copy.Content : $"{copy.Content}: {copy.Reason}")));
            }
            console.Write(table);
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{copies.Count} {(copies.Count == 1 ? "copy" : "copies")}, {copies.Sum(copy => copy.Bytes) / 1e6:N1} MB."));
        }
        console.WriteLine("Whole is what begins and ends as a back-up does, with as much between as was written. Whether that can be restored, RESTORE VERIFYONLY or a restore shows.");
        return [.. readings.Select(reading => reading.NotListed).OfType<string>()];
    }
}
