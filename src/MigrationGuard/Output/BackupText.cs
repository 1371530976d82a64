using System.Globalization;
using MigrationGuard.Retention.BackupPromises;
using Spectre.Console;

namespace MigrationGuard.Output;

/// <summary>What stores hold, as text.</summary>
internal static class BackupText
{
    public static void Write(IEnumerable<StoreInventory> inventories, ProgramContext context)
    {
        var console = Terminal.On(context.Output, context, context.OutputIsTerminal);
        foreach (var store in BackupListing.Of(inventories).Stores)
        {
            console.WriteLine(Printable.Of(store.Place));
            foreach (var unseen in store.Unseen)
                console.WriteLine(Printable.Of("  " + unseen));
            var table = new Table().Border(TableBorder.Simple).AddColumns("Database", "Server", "Kind", "Started (UTC)", "Stripe", "MB", "File", "Content");
            foreach (var copy in store.Copies.OrderBy(copy => copy.Database, StringComparer.OrdinalIgnoreCase).ThenBy(copy => copy.Started ?? copy.Modified).ThenBy(copy => copy.Name, StringComparer.Ordinal))
            {
                table.AddRow(
                    new Text(Printable.Of(copy.Database ?? "")),
                    new Text(Printable.Of(copy.Server ?? "")),
                    new Text(copy.Kind ?? ""),
                    new Text(copy.Started?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? ""),
                    new Text(copy.Family ?? ""),
                    new Text((copy.Bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture)),
                    new Text(Printable.Of(copy.Name)),
                    new Text(Printable.Of(copy.Reason is null ? copy.Content : $"{copy.Content}: {copy.Reason}")));
            }
            console.Write(table);
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{store.Copies.Count} copies, {store.Copies.Sum(copy => copy.Bytes) / 1e9:0.00} GB."));
        }
    }
}
