using System.Text.Json;
using MigrationGuard.Ledger.People;
using MigrationGuard.Ledger.Runs;
using Spectre.Console;

namespace MigrationGuard.Output;

/// <summary>Tables and documents as the lists of the program write them.</summary>
internal static class Listing
{
    public static Table Table(params string[] columns) => new Table().Border(TableBorder.Simple).AddColumns(columns);

    /// <summary>Adds a row of texts, whatever they hold.</summary>
    public static void Add(this Table table, params IEnumerable<string> cells) => table.AddRow(cells.Select(cell => new Text(Printable.Of(cell))));

    public static void Write(this Table table, ProgramContext context) =>
        Terminal.On(context.Output, context, context.OutputIsTerminal).Write(table);

    public static Task WriteJsonAsync(object document, ProgramContext context) =>
        context.Output.WriteLineAsync(JsonSerializer.Serialize(document, LedgerJson.Readable));

    /// <summary>An owner by name, where one is named; else the role.</summary>
    public static string Owner(string ownerRole, string? owner, PeopleDirectory people) =>
        string.IsNullOrEmpty(owner) ? ownerRole : $"{people.Person(owner)?.Name ?? owner}, {ownerRole}";
}
