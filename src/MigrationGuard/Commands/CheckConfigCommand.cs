using System.CommandLine;
using System.Text.Json;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Runs;

namespace MigrationGuard.Commands;

/// <summary><c>check-config</c>: all problems at once, each with its place and remedy, before the night of the migration.</summary>
internal static class CheckConfigCommand
{
    private static readonly Option<OutputFormat> Format = Shared.Format();

    public static void AddCheckConfig(this RootCommand root, ProgramContext context)
    {
        var command = new Command("check-config", "Check the configuration, reach every database and store, and report rights beyond reading.");
        command.Options.Add(Format);
        command.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => RunAsync(parsed, context, cancellationToken)));
        root.Subcommands.Add(command);
    }

    private static async Task<ExitCode> RunAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var configuration = Shared.ReadConfiguration(parsed, context);
        var report = await ConfigurationReport.MakeAsync(configuration, context.Time, cancellationToken);
        if (parsed.GetValue(Format) == OutputFormat.Json)
            await context.Output.WriteLineAsync(JsonSerializer.Serialize(report, LedgerJson.Readable));
        else
            await WriteAsync(report, context.Output);
        return report.ConfigurationProblems.Count > 0 ? ExitCode.Usage : report.DatabaseProblems.Count + report.StoreProblems.Count > 0 ? ExitCode.Incomplete : ExitCode.Done;
    }

    private static async Task WriteAsync(ConfigurationReport report, TextWriter output)
    {
        await WriteAsync(output, "Problems in the configuration", report.ConfigurationProblems);
        await WriteAsync(output, "Problems met in the databases", report.DatabaseProblems);
        await WriteAsync(output, "Problems met in stores and histories", report.StoreProblems);
        await WriteAsync(output, "Databases", report.Databases);
        await WriteAsync(output, "Rights beyond reading (give the login less)", report.Rights);
        await WriteAsync(output, "Source tables not covered by any entity (no run can be GO)", report.Uncovered.Select(Spelt));
        await WriteAsync(output, "Source tables excluded", report.Excluded.Select(Spelt));
        await WriteAsync(output, "Checks not configured", report.NotConfigured);
        await WriteAsync(output, "Remarks", report.Remarks);
        await output.WriteLineAsync(report.ConfigurationProblems.Count + report.DatabaseProblems.Count + report.StoreProblems.Count == 0
            ? report.Uncovered.Count == 0 ? "The configuration can be used." : "The configuration can be used, but no run can be GO until every source table is covered or excluded."
            : "The configuration cannot be used as it is.");
    }

    private static string Spelt(TableRemark table) => $"{table.Comparison}: {table.Table}{(table.Reason is null ? "" : " – " + table.Reason)}";

    private static async Task WriteAsync(TextWriter output, string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
            return;
        await output.WriteLineAsync(title + ":");
        foreach (var line in all)
            await output.WriteLineAsync("  " + line);
        await output.WriteLineAsync();
    }
}
